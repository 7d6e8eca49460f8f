import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { MOST_ANNOTATIONS } from '../../../../server/resources/contract.ts';
import { say } from '../../../components/say.ts';
import { SortableList } from '../../../components/sortable-list.tsx';
import { shell, useTexts } from '../../../i18n/index.ts';
import { labelTexts } from './i18n.ts';
import type { Kept, Spot } from './label.ts';
import styles from './label-editor.module.css';
import { LabelForm, type Options } from './label-form.tsx';

/** What the author does with what they see, as its stage is told. */
export interface OnStage {
  /** The label that is worked on, by its place. */
  active: number | undefined;
  onLabel: (at: number) => void;
  /** Told what was pointed at, or that nothing was there; given while a place is looked for. */
  onSpot: ((spot: Spot | undefined) => void) | undefined;
  change: (key: string, to: (label: Kept) => Kept) => void;
}

export interface DeskProps {
  labels: readonly Kept[];
  onChange: (labels: Kept[]) => void;
  options: Options;
  /** What is wrong with single labels, by their places. */
  errors: ReadonlyMap<number, string>;
  /** Told when the author wants what they see as the picture of the resource. */
  onPicture: (picture: Blob) => void;
  isPicturing: boolean;
  /** Below the list: saving. */
  children: ReactNode;
}

interface Props extends Omit<DeskProps, 'onPicture' | 'isPicturing'> {
  says: { aim: string; beside: string; empty: string };
  stage: (on: OnStage) => ReactNode;
  /** What the middle of the stage shows. */
  spotInMiddle: () => Spot | undefined;
  /** A label that is to be seen as everything is seen now. */
  seenNow: (label: Kept) => Kept;
  goTo: (label: Kept) => void;
  /** On the stage, while no place is looked for. */
  tools: ReactNode;
  /** More fields of a label. */
  fields?: (label: Kept, change: (to: (label: Kept) => Kept) => void) => ReactNode;
}

/** Where the next click goes: to a new label, or to one that is put elsewhere. */
type Aim = 'new' | { move: string };

/** Puts numbered labels on something: click on it, write what stands there, keep the view. */
export function LabelEditor(props: Props) {
  const { labels, onChange, options, errors, children } = props;
  const { says, stage, spotInMiddle, seenNow, goTo, tools, fields } = props;
  const t = useTexts(labelTexts);
  const words = useTexts(shell);
  const [aim, setAim] = useState<Aim>();
  const [open, setOpen] = useState<string>();

  const change = (key: string, to: (label: Kept) => Kept) =>
    onChange(labels.map((label) => (label.key === key ? to(label) : label)));

  function put(spot: Spot | undefined) {
    if (!aim) return;
    if (!spot) {
      say(says.beside);
      return;
    }
    setAim(undefined);
    if (aim === 'new') {
      const key = `new-${crypto.randomUUID()}`;
      const title = t('edit.untitled', { n: labels.length + 1 });
      onChange([...labels, { key, title, text: '', ...spot }]);
      setOpen(key);
    } else change(aim.move, (label) => ({ ...label, ...spot }));
  }

  function choose(key: string) {
    const label = labels.find((one) => one.key === key);
    if (!label) return;
    setOpen(open === key ? undefined : key);
    if (open !== key) goTo(label);
  }

  function remove(label: Kept) {
    onChange(labels.filter(({ key }) => key !== label.key));
    say(t('edit.removed', { title: label.title }), {
      label: words('undo'),
      run: () => onChange([...labels]),
    });
  }

  const active = labels.findIndex(({ key }) => key === open);
  return (
    <div className={styles.editor}>
      <div className={styles.stage}>
        {stage({
          active: active === -1 ? undefined : active,
          onLabel: (at) => labels[at] && choose(labels[at].key),
          onSpot: aim && put,
          change,
        })}
        {aim && <span className={styles.cross} aria-hidden="true" />}
        {aim ? (
          <div className={styles.aim} role="status">
            <span>{says.aim}</span>
            <Button size="small" onClick={() => put(spotInMiddle())}>
              {t('edit.middle')}
            </Button>
            <Button size="small" type="text" onClick={() => setAim(undefined)}>
              {words('cancel')}
            </Button>
          </div>
        ) : (
          <div className={styles.tools}>{tools}</div>
        )}
      </div>
      <section className={styles.side} aria-label={t('tour.list')}>
        <header className={styles.head}>
          <h2>{t('tour.count', { count: labels.length })}</h2>
          <Button
            type={labels.length === 0 ? 'primary' : 'default'}
            icon={<PlusOutlined />}
            disabled={labels.length >= MOST_ANNOTATIONS}
            onClick={() => setAim('new')}
          >
            {t('edit.add')}
          </Button>
        </header>
        <div className={styles.list}>
          {labels.length === 0 && <p className={styles.empty}>{says.empty}</p>}
          <SortableList<Kept>
            label={t('tour.list')}
            items={labels}
            keyOf={({ key }) => key}
            nameOf={({ title }) => title}
            disabled={labels.length < 2}
            onReorder={onChange}
          >
            {(label, handle) => {
              const at = labels.findIndex(({ key }) => key === label.key);
              return (
                <div className={styles.item} data-open={label.key === open}>
                  <div className={styles.row}>
                    {handle}
                    <button
                      type="button"
                      className={styles.choose}
                      aria-expanded={label.key === open}
                      onClick={() => choose(label.key)}
                    >
                      <span className={styles.number}>{at + 1}</span>
                      <span className={styles.title}>{label.title}</span>
                    </button>
                  </div>
                  {errors.has(at) && (
                    <p role="alert" className={styles.error}>
                      {errors.get(at)}
                    </p>
                  )}
                  {label.key === open && (
                    <LabelForm
                      label={label}
                      options={options}
                      onChange={(more) => change(label.key, (one) => ({ ...one, ...more }))}
                      onMove={() => setAim({ move: label.key })}
                      onView={() => {
                        change(label.key, seenNow);
                        say(t('edit.view-kept'));
                      }}
                      onRemove={() => remove(label)}
                    >
                      {fields?.(label, (to) => change(label.key, to))}
                    </LabelForm>
                  )}
                </div>
              );
            }}
          </SortableList>
        </div>
        <footer className={styles.foot}>{children}</footer>
      </section>
    </div>
  );
}
