import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { FindSelect } from '../../components/find-select.tsx';
import { say } from '../../components/say.ts';
import { useLanguage, useTexts } from '../../i18n/index.ts';
import styles from './dialogs.module.css';
import { vocabularyTexts } from './i18n.ts';
import { labelOf, type Term, useMergeTerm, usesQuery, wordsOf } from './queries.ts';

interface Props {
  vocabulary: string;
  term: Term;
  terms: readonly Term[];
  onEnd: () => void;
}

/** Merges a term into another, and says before what moves. */
export function MergeDialog({ vocabulary, term, terms, onEnd }: Props) {
  const t = useTexts(vocabularyTexts);
  const language = useLanguage();
  const merge = useMergeTerm(vocabulary);
  const uses = useQuery(usesQuery(vocabulary, term.code));
  const [into, setInto] = useState<string>();
  const from = labelOf(term, language);
  const target = terms.find(({ code }) => code === into);
  const below = terms.filter(({ parent }) => parent === term.code).length;
  const moving = uses.data
    ? t('merge.count', {
        published: t('merge.published', { count: uses.data.published }),
        drafts: t('merge.drafts', { count: uses.data.drafts }),
      })
    : (uses.error?.message ?? t('merge.counting'));
  const name = target ? labelOf(target, language) : '';

  return (
    <Dialog
      title={t('merge.title', { name: from })}
      go={{
        words: t('merge.go'),
        run: () =>
          target &&
          merge.mutate(
            { id: term.id, into: target.code },
            {
              onSuccess: () => {
                say(t('merge.done', { from, into: name }));
                onEnd();
              },
            },
          ),
        isBusy: merge.isPending,
        isDisabled: target === undefined || uses.isPending,
        isDanger: true,
      }}
      onEnd={onEnd}
    >
      <div className={styles.form}>
        <Field label={t('merge.into')} error={merge.error?.message}>
          {(ids) => (
            <FindSelect
              {...ids}
              autoFocus
              placeholder={t('merge.find')}
              value={into}
              onChange={setInto}
              options={terms
                .filter(({ id, retired }) => id !== term.id && !retired)
                .map((other) => ({
                  value: other.code,
                  label: `${labelOf(other, language)}  ${other.code}`,
                  words: wordsOf(other),
                }))}
            />
          )}
        </Field>
        {target && (
          <div role="status" className={styles.what}>
            <p>{t('merge.moves')}</p>
            <ul>
              <li>
                {t('merge.resources', { from, into: name })} <strong>{moving}</strong>
              </li>
              {below > 0 && <li>{t('merge.below', { count: below, into: name })}</li>}
              <li>{t('merge.words', { from, into: name })}</li>
              <li>{t('merge.stays', { from })}</li>
            </ul>
          </div>
        )}
      </div>
    </Dialog>
  );
}
