import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Dialog } from '../../../components/dialog.tsx';
import { say } from '../../../components/say.ts';
import { useTexts } from '../../../i18n/index.ts';
import { draftTexts } from './i18n.ts';
import { type Resource, useDiscard } from './queries.ts';

/** Deletes the draft, after asking: bytes that nobody has published do not come back. */
export function Discard({ resource }: { resource: Resource }) {
  const t = useTexts(draftTexts);
  const navigate = useNavigate();
  const discard = useDiscard(resource.id);
  const [asked, setAsked] = useState(false);
  const whole = resource.version === null;
  if (whole && !resource.can.includes('discard')) return null;
  return (
    <>
      <Button type="text" danger onClick={() => setAsked(true)}>
        {t('discard')}
      </Button>
      {asked && (
        <Dialog
          title={t('discard.ask', { name: resource.title })}
          go={{
            words: t('discard'),
            run: () =>
              discard.mutate(whole, {
                onSuccess: () => {
                  say(t('discard.done'));
                  navigate('/mine');
                },
              }),
            isBusy: discard.isPending,
            isDanger: true,
          }}
          onEnd={() => setAsked(false)}
        >
          <p>{discard.error?.message ?? (whole ? t('discard.detail') : t('discard.next.detail'))}</p>
        </Dialog>
      )}
    </>
  );
}
