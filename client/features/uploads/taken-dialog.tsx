import { Modal } from 'antd';
import { useState } from 'react';
import { foldPath, type TakenWay } from '../../../server/resources/contract.ts';
import { ChoiceCards } from '../../components/choice-cards.tsx';
import { Field } from '../../components/field.tsx';
import { shell, useTexts } from '../../i18n/index.ts';
import type { Dropped } from './dropped.ts';
import { uploadTexts } from './i18n.ts';
import styles from './taken-dialog.module.css';

/** Those of the files whose paths are taken in a draft. */
export function takenIn(draft: readonly { path: string }[], files: readonly Dropped[]): readonly Dropped[] {
  const there = new Set(draft.map(({ path }) => foldPath(path)));
  return files.filter(({ path }) => there.has(foldPath(path)));
}

interface Props {
  files: readonly Dropped[];
  /** Those of them whose paths are taken. */
  taken: readonly Dropped[];
  /** Gives the files to send, and what becomes of those. */
  onChoose: (files: readonly Dropped[], way: TakenWay) => void;
  onEnd: () => void;
}

/** Asks once, before anything is sent, what becomes of files whose paths are taken, however many they are. */
export function TakenDialog({ files, taken, onChoose, onEnd }: Props) {
  const t = useTexts(uploadTexts);
  const words = useTexts(shell);
  const [way, setWay] = useState<TakenWay | 'skip'>('rename');
  const others = files.filter((file) => !taken.includes(file));
  const sent = way === 'skip' ? others : files;
  return (
    <Modal
      open
      title={t('taken.title', { count: taken.length })}
      okText={t('taken.go', { count: sent.length })}
      cancelText={words('cancel')}
      onCancel={onEnd}
      onOk={() => {
        onEnd();
        onChoose(sent, way === 'replace' ? way : 'rename');
      }}
    >
      <div className={styles.dialog}>
        <p>{t('taken.hint')}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
        <section className={styles.list} aria-label={t('taken.list')} tabIndex={0}>
          <ul>
            {taken.map(({ path }) => (
              <li key={path}>{path}</li>
            ))}
          </ul>
        </section>
        <Field label={t('taken.way')}>
          {(ids) => (
            <ChoiceCards
              {...ids}
              choices={[
                ...(['rename', 'replace'] as const).map((value) => ({
                  value,
                  label: t(`taken.${value}`),
                  detail: t(`taken.${value}.hint`),
                })),
                ...(others.length > 0
                  ? [
                      {
                        value: 'skip' as const,
                        label: t('taken.skip'),
                        detail: t('taken.skip.hint', { count: others.length }),
                      },
                    ]
                  : []),
              ]}
              value={way}
              onChange={setWay}
            />
          )}
        </Field>
      </div>
    </Modal>
  );
}
