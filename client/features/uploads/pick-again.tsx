import { Button } from 'antd';
import { useId, useRef } from 'react';
import { say } from '../../components/say.ts';
import { useTexts } from '../../i18n/index.ts';
import { uploadTexts } from './i18n.ts';
import { send, type Transfer } from './transfers.ts';

/** A page cannot keep the bytes of a file over a reload; the same file is asked for once more. */
export function PickAgain({ transfer }: { transfer: Transfer }) {
  const t = useTexts(uploadTexts);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  return (
    <>
      <input
        ref={input}
        id={id}
        type="file"
        hidden
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (!file) return;
          if (file.size !== transfer.size) return say(t('pick-again.other'));
          const { resource, path, taken } = transfer;
          send([{ file, resource, path, taken }]);
        }}
      />
      <Button size="small" onClick={() => input.current?.click()}>
        {t('pick-again')}
      </Button>
    </>
  );
}
