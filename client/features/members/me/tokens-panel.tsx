import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { ChoiceCards } from '../../../components/choice-cards.tsx';
import { CopyLine } from '../../../components/copy-line.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemView } from '../../../components/problem-view.tsx';
import { say } from '../../../components/say.ts';
import { TextSkeleton } from '../../../components/skeletons.tsx';
import { When } from '../../../components/when.tsx';
import { useTexts } from '../../../i18n/index.ts';
import { meTexts } from './i18n.ts';
import styles from './panel.module.css';
import { Panel } from './panel.tsx';
import { type Token, tokensQuery, useCreateToken, useRevokeToken } from './queries.ts';

/** Tokens with which programs act as oneself. A new one is shown once. */
export function TokensPanel() {
  const t = useTexts(meTexts);
  const { data, error, isPending, refetch } = useQuery(tokensQuery);
  return (
    <Panel
      title={t('tokens')}
      hint={
        <>
          {t('tokens.hint')} <a href="/api/docs">{t('api')}</a>
        </>
      }
    >
      {isPending && <TextSkeleton lines={2} />}
      {error && <ProblemView problem={error} onRetry={refetch} />}
      {data?.length === 0 && <p className={styles.quiet}>{t('tokens.none')}</p>}
      {data && data.length > 0 && (
        <ul className={styles.list}>
          {data.map((token) => (
            <TokenRow key={token.id} token={token} />
          ))}
        </ul>
      )}
      <NewToken />
    </Panel>
  );
}

function TokenRow({ token: { id, name, start, lastUsedAt, expiresAt } }: { token: Token }) {
  const t = useTexts(meTexts);
  const revoke = useRevokeToken();
  return (
    <li className={styles.row}>
      <span className={styles.words}>
        {name} <code>{t('token.starts', { start })}</code>
        <span className={styles.quiet}>
          {lastUsedAt ? (
            <>
              {t('token.used')} <When at={lastUsedAt} />
            </>
          ) : (
            t('token.unused')
          )}
          {' · '}
          {expiresAt ? (
            <>
              {t('token.expires')} <When at={expiresAt} />
            </>
          ) : (
            t('token.forever')
          )}
        </span>
      </span>
      <Button
        size="small"
        danger
        loading={revoke.isPending}
        aria-label={t('token.revoke', { name })}
        onClick={() =>
          revoke.mutate(id, {
            onSuccess: () => say(t('token.revoked')),
            onError: (problem) => say(problem.message),
          })
        }
      >
        {t('token.revoke.short')}
      </Button>
    </li>
  );
}

const lives = ['30', '90', '365', 'never'] as const;

function NewToken() {
  const t = useTexts(meTexts);
  const create = useCreateToken();
  const [name, setName] = useState('');
  const [life, setLife] = useState<(typeof lives)[number]>('90');
  const [tried, setTried] = useState(false);

  if (create.data)
    return (
      <div className={styles.once} role="status">
        <strong>{t('token.once')}</strong>
        <CopyLine label={create.data.name} text={create.data.token} />
        <div>
          <Button
            onClick={() => {
              create.reset();
              setName('');
              setTried(false);
            }}
          >
            {t('token.done')}
          </Button>
        </div>
      </div>
    );
  return (
    <>
      <Field
        label={t('token.name')}
        hint={t('token.name.hint')}
        error={create.error?.message ?? (tried && name.trim() === '' ? t('token.name.needed') : undefined)}
      >
        {(ids) => (
          <Input {...ids} maxLength={60} value={name} onChange={({ target }) => setName(target.value)} />
        )}
      </Field>
      <Field label={t('token.days')}>
        {(ids) => (
          <ChoiceCards
            {...ids}
            look="chips"
            choices={lives.map((value) => ({ value, label: t(`token.days.${value}`) }))}
            value={life}
            onChange={setLife}
          />
        )}
      </Field>
      <div className={styles.buttons}>
        <Button
          loading={create.isPending}
          onClick={() => {
            setTried(true);
            if (name.trim() !== '') create.mutate({ name, ...(life !== 'never' && { days: Number(life) }) });
          }}
        >
          {t('token.make')}
        </Button>
      </div>
    </>
  );
}
