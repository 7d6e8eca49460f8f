import { Button } from 'antd';
import { useState } from 'react';
import { useTexts } from '../i18n/index.ts';
import styles from './conflict-view.module.css';
import { Dialog } from './dialog.tsx';
import { controls } from './i18n.ts';
import { When } from './when.tsx';

/** Something that two people have changed, in words. */
export interface Clash<Name extends string> {
  readonly name: Name;
  readonly label: string;
  readonly mine: string;
  readonly theirs: string;
  /** Whose that is, and since when; undefined as long as nobody can say. */
  readonly by?: { readonly name: string; readonly at: string } | undefined;
}

interface Props<Name extends string> {
  clashes: readonly Clash<Name>[];
  /** Told whose own version is kept; of the others, it is theirs. */
  onResolve: (mine: Name[]) => void;
}

/** Both versions side by side, one after the other, when two people have changed the same. */
export function ConflictView<Name extends string>({ clashes, onResolve }: Props<Name>) {
  const t = useTexts(controls);
  const [given, setGiven] = useState<ReadonlySet<Name>>(new Set());
  const names = clashes.map(({ name }) => name);

  const side = (name: Name, which: 'mine' | 'theirs', words: string, by?: Clash<Name>['by']) => (
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
        {by && (
          <span>
            · {by.name} · <When at={by.at} />
          </span>
        )}
      </span>
      <span className={styles.words}>{words || t('conflict.empty')}</span>
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
          <Button onClick={() => setGiven(new Set(names))}>{t('conflict.all-theirs')}</Button>
          <Button type="primary" onClick={() => onResolve(names.filter((name) => !given.has(name)))}>
            {t('conflict.keep')}
          </Button>
        </div>
      }
    >
      <p className={styles.hint}>{t('conflict.hint')}</p>
      {clashes.map(({ name, label, mine, theirs, by }) => (
        <fieldset key={name} className={styles.field}>
          <legend>{label}</legend>
          {side(name, 'mine', mine)}
          {side(name, 'theirs', theirs, by)}
        </fieldset>
      ))}
    </Dialog>
  );
}
