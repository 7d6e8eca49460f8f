import { Button } from 'antd';
import { useState } from 'react';
import { Dialog } from '../../../components/dialog.tsx';
import { useTexts } from '../../../i18n/index.ts';
import styles from './conflict-view.module.css';
import type { FieldName } from './description.ts';
import { draftTexts } from './i18n.ts';
import type { DraftInHand } from './use-draft.ts';

interface Props {
  draft: DraftInHand;
  /** A value in words: codes become labels. */
  wordsOf: (name: FieldName, value: unknown) => string;
}

/** Both versions side by side, field by field, when two people have changed the same. */
export function ConflictView({ draft, wordsOf }: Props) {
  const t = useTexts(draftTexts);
  const [given, setGiven] = useState<ReadonlySet<FieldName>>(new Set());
  const { conflict, values } = draft;
  if (!conflict) return null;
  const { theirs, fields } = conflict;
  const keepMine = fields.filter((name) => !given.has(name));

  const side = (name: FieldName, which: 'mine' | 'theirs', value: unknown) => (
    <label className={styles.side}>
      <span className={styles.who}>
        <input
          type="radio"
          name={name}
          checked={given.has(name) === (which === 'theirs')}
          onChange={() => {
            const next = new Set(given);
            if (which === 'theirs') next.add(name);
            else next.delete(name);
            setGiven(next);
          }}
        />
        {t(`conflict.${which}`)}
      </span>
      <span className={styles.words}>{wordsOf(name, value) || t('conflict.empty')}</span>
    </label>
  );

  return (
    <Dialog
      width={760}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      title={t('conflict.title')}
      foot={
        <div className={styles.foot}>
          <Button onClick={() => setGiven(new Set())}>{t('conflict.all-mine')}</Button>
          <Button onClick={() => setGiven(new Set(fields))}>{t('conflict.all-theirs')}</Button>
          <Button type="primary" onClick={() => draft.resolve(keepMine)}>
            {t('conflict.keep')}
          </Button>
        </div>
      }
    >
      <p className={styles.hint}>{t('conflict.hint')}</p>
      {fields.map((name) => (
        <fieldset key={name} className={styles.field}>
          <legend>{t(`field.${name}`)}</legend>
          {side(name, 'mine', values[name])}
          {side(name, 'theirs', theirs[name])}
        </fieldset>
      ))}
    </Dialog>
  );
}
