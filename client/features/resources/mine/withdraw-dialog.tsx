import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { Dialog } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { say } from '../../../components/say.ts';
import { useTexts } from '../../../i18n/index.ts';
import { useWithdraw } from '../draft/queries.ts';
import { mineTexts } from './i18n.ts';
import { publishedQuery } from './queries.ts';
import styles from './withdraw-dialog.module.css';

/** Takes a published resource back, with a reason for those who use it and the way to its successor. */
export function WithdrawDialog({
  resource,
  onEnd,
}: {
  resource: { id: string; title: string };
  onEnd: () => void;
}) {
  const t = useTexts(mineTexts);
  const withdraw = useWithdraw(resource.id);
  const [reason, setReason] = useState('');
  const [successor, setSuccessor] = useState<string>();
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const { data: found = [], isFetching } = useQuery(publishedQuery(useDeferredValue(typed)));
  const missing = reason.trim() === '';

  function go() {
    setTried(true);
    if (missing) return;
    withdraw.mutate(
      { reason, ...(successor !== undefined && { successor }) },
      {
        onSuccess: () => {
          say(t('withdraw.done'));
          onEnd();
        },
      },
    );
  }

  return (
    <Dialog
      title={t('withdraw.title', { name: resource.title })}
      go={{ words: t('withdraw.go'), run: go, isBusy: withdraw.isPending, isDanger: true }}
      onEnd={onEnd}
    >
      <div className={styles.form}>
        <p>{t('withdraw.hint')}</p>
        {withdraw.error && (
          <p role="alert" className={styles.error}>
            {withdraw.error.message}
          </p>
        )}
        <Field
          label={t('withdraw.reason')}
          required
          hint={t('withdraw.reason.hint')}
          error={tried && missing ? t('withdraw.reason.needed') : undefined}
        >
          {(ids) => (
            <Input.TextArea
              {...ids}
              autoFocus
              maxLength={1000}
              autoSize={{ minRows: 2, maxRows: 6 }}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          )}
        </Field>
        <Field label={t('withdraw.successor')} hint={t('withdraw.successor.hint')}>
          {(ids) => (
            <Select
              {...ids}
              allowClear
              placeholder={t('withdraw.find')}
              loading={isFetching}
              value={successor}
              onChange={setSuccessor}
              showSearch={{ filterOption: false, onSearch: setTyped }}
              options={found
                .filter(({ id }) => id !== resource.id)
                .map(({ id, title }) => ({ value: id, label: title }))}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
