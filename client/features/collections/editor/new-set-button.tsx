import { PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { isBlank } from '../../../../server/http/contract.ts';
import { Dialog } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { useTexts } from '../../../i18n/index.ts';
import type { Base } from '../queries.ts';
import { editorTexts } from './i18n.ts';
import { useMakeSet } from './queries.ts';

/** Makes a collection or shelf once it has a title, and opens it for editing. */
export function NewSetButton({ base }: { base: Base }) {
  const t = useTexts(editorTexts);
  const [isAsked, setIsAsked] = useState(false);
  return (
    <>
      <Button type="primary" icon={<PlusOutlined />} onClick={() => setIsAsked(true)}>
        {t(`new.${base}`)}
      </Button>
      {isAsked && <NewSet base={base} onEnd={() => setIsAsked(false)} />}
    </>
  );
}

function NewSet({ base, onEnd }: { base: Base; onEnd: () => void }) {
  const t = useTexts(editorTexts);
  const make = useMakeSet(base);
  const navigate = useNavigate();
  const [title, setTitle] = useState('');
  const run = () => {
    if (!isBlank(title)) make.mutate(title, { onSuccess: ({ id }) => navigate(`/${base}/${id}/edit`) });
  };
  return (
    <Dialog
      title={t(`new.${base}`)}
      go={{ words: t('make'), run, isBusy: make.isPending, isDisabled: isBlank(title) }}
      onEnd={onEnd}
    >
      <Field label={t('title')} required error={make.error?.message}>
        {(ids) => (
          <Input
            {...ids}
            autoFocus
            maxLength={120}
            value={title}
            onChange={({ target }) => setTitle(target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
