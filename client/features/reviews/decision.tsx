import { Button, Input } from 'antd';
import { useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { say } from '../../components/say.ts';
import { When } from '../../components/when.tsx';
import { useTexts } from '../../i18n/index.ts';
import styles from './decision.module.css';
import { reviewTexts } from './i18n.ts';
import { useLetterKeys } from './letter-keys.ts';
import { type Submission, useApprove, useReturn } from './queries.ts';
import { type Remarks, writtenRemarks } from './remarks.ts';

interface Props {
  submission: Submission;
  remarks: Remarks;
  onDecided: () => void;
}

const rubric = ['content', 'teach', 'rights', 'open'] as const;

/**
 * Approve, or send back with words. A single key decides nothing: A asks before it publishes, R goes to the words
 * (`decide-return`).
 */
export function Decision({ submission, remarks, onDecided }: Props) {
  const t = useTexts(reviewTexts);
  const { id, title, submitted, version, can } = submission;
  const approve = useApprove();
  const sendBack = useReturn();
  const [note, setNote] = useState('');
  const [comment, setComment] = useState('');
  const [tried, setTried] = useState(false);
  const [asks, setAsks] = useState(false);
  const mayApprove = can.includes('publish');
  const fields = writtenRemarks(remarks);
  const missing = comment.trim() === '' && fields.length === 0;
  const failure = approve.error ?? sendBack.error;

  useLetterKeys(mayApprove ? { a: () => setAsks(true) } : {});

  function onApprove() {
    approve.mutate(
      { id, values: note },
      {
        onSuccess: () => {
          say(t('approve.done', { name: title }));
          onDecided();
        },
      },
    );
  }

  function onReturn() {
    setTried(true);
    if (missing) return;
    sendBack.mutate(
      { id, values: { comment: comment.trim() || t('remarks', { count: fields.length }), fields } },
      {
        onSuccess: () => {
          say(t('return.done', { name: title }));
          onDecided();
        },
      },
    );
  }

  return (
    <section className={styles.decision} aria-label={t('decide')}>
      <div>
        <p>
          {t('by', { name: submitted.by.name })} <When at={submitted.at} />
        </p>
        <p className={styles.quiet}>
          {version === null ? t('first-version') : t('version', { number: version + 1 })}
        </p>
      </div>
      <div>
        <h3 className={styles.rubric}>{t('rubric')}</h3>
        <ul className={styles.points}>
          {rubric.map((point) => (
            <li key={point}>{t(`rubric.${point}`)}</li>
          ))}
        </ul>
      </div>
      {!asks && <Failure of={failure} />}
      {mayApprove && (
        <div className={styles.way}>
          <Field label={t('note')} hint={t('note.hint')}>
            {(ids) => (
              <Input.TextArea
                {...ids}
                maxLength={1000}
                autoSize={{ minRows: 1, maxRows: 4 }}
                value={note}
                onChange={({ target }) => setNote(target.value)}
              />
            )}
          </Field>
          <Button
            type="primary"
            size="large"
            block
            loading={approve.isPending}
            disabled={sendBack.isPending}
            onClick={onApprove}
          >
            {t('approve')} <kbd className={styles.key}>A</kbd>
          </Button>
        </div>
      )}
      {can.includes('return') && (
        <div className={styles.way}>
          <Field
            label={t('comment')}
            hint={fields.length > 0 ? t('remarks', { count: fields.length }) : t('comment.hint')}
            error={tried && missing ? t('comment.needed') : undefined}
          >
            {({ id: inputId, ...aria }) => (
              <Input.TextArea
                {...aria}
                id={inputId}
                className="decide-return"
                maxLength={2000}
                autoSize={{ minRows: 3, maxRows: 10 }}
                value={comment}
                onChange={({ target }) => setComment(target.value)}
              />
            )}
          </Field>
          <Button block loading={sendBack.isPending} disabled={approve.isPending} onClick={onReturn}>
            {t('return')} <kbd className={styles.key}>R</kbd>
          </Button>
        </div>
      )}
      <p className={styles.quiet}>{t('keys')}</p>
      {asks && (
        <Dialog
          title={t('approve.ask', { name: title })}
          go={{ words: t('approve'), run: onApprove, isBusy: approve.isPending, isFocused: true }}
          onEnd={() => setAsks(false)}
        >
          <p>{t('approve.ask.hint')}</p>
          {(fields.length > 0 || comment.trim() !== '') && <p>{t('approve.unsent')}</p>}
          <Failure of={approve.error} />
        </Dialog>
      )}
    </section>
  );
}

function Failure({ of: failure }: { of: Error | null }) {
  if (!failure) return null;
  return (
    <p role="alert" className={styles.error}>
      {failure.message}
    </p>
  );
}
