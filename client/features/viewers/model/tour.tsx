import { EyeOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Switch } from 'antd';
import { useEffect, useRef } from 'react';
import { useTexts } from '../../../i18n/index.ts';
import { modelTexts } from './i18n.ts';
import type { Label } from './label.ts';
import { linkedQuery } from './queries.ts';
import styles from './tour.module.css';

interface Props {
  labels: readonly Label[];
  /** The label that is looked at; undefined before the tour begins. */
  at: number | undefined;
  onGo: (at: number) => void;
  /** Whether the learner tests themselves: names and texts are hidden until they ask. */
  testing: boolean;
  onTest: (on: boolean) => void;
  isSecret: (at: number) => boolean;
  onReveal: (at: number) => void;
}

/** A guided tour of a model: its labels in order, each with its words, and a way to test oneself. */
export function Tour({ labels, at, onGo, testing, onTest, isSecret, onReveal }: Props) {
  const t = useTexts(modelTexts);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (at !== undefined) list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <section className={styles.tour} aria-label={t('tour')}>
      <header className={styles.head}>
        <h2 className={styles.title}>
          {at === undefined
            ? t('tour.count', { count: labels.length })
            : t('tour.at', { n: at + 1, count: labels.length })}
        </h2>
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch is inside */}
        <label className={styles.test}>
          {t('tour.test')}
          <Switch size="small" checked={testing} onChange={onTest} />
        </label>
      </header>
      <ol ref={list} className={styles.list} data-begun={at !== undefined} aria-label={t('tour.list')}>
        {labels.map((label, index) => {
          const secret = isSecret(index);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: labels have no names of their own
            <li key={index} className={styles.stop} data-current={index === at}>
              <button
                type="button"
                className={styles.choose}
                aria-current={index === at ? 'step' : undefined}
                onClick={() => onGo(index)}
              >
                <span className={styles.number}>{index + 1}</span>
                <span className={styles.name}>{secret ? t('tour.what') : label.title}</span>
              </button>
              {index === at &&
                (secret ? (
                  <Button icon={<EyeOutlined />} className={styles.reveal} onClick={() => onReveal(index)}>
                    {t('tour.reveal')}
                  </Button>
                ) : (
                  <Words label={label} />
                ))}
            </li>
          );
        })}
      </ol>
      <p aria-live="polite" className="visually-hidden">
        {at !== undefined && (isSecret(at) ? t('label.secret', { n: at + 1 }) : spoken(labels[at], at))}
      </p>
      <footer className={styles.foot}>
        {at === undefined ? (
          <Button type="primary" block onClick={() => onGo(0)}>
            {t('tour.begin')}
          </Button>
        ) : (
          <>
            <Button icon={<LeftOutlined />} disabled={at === 0} onClick={() => onGo(at - 1)}>
              {t('tour.previous')}
            </Button>
            {at < labels.length - 1 ? (
              <Button
                type="primary"
                icon={<RightOutlined />}
                iconPlacement="end"
                onClick={() => onGo(at + 1)}
              >
                {t('tour.next')}
              </Button>
            ) : (
              <Button onClick={() => onGo(0)}>{t('tour.again')}</Button>
            )}
          </>
        )}
      </footer>
    </section>
  );
}

const spoken = (label: Label | undefined, at: number) => label && `${at + 1} ${label.title}. ${label.text}`;

function Words({ label: { title, text, image, resource } }: { label: Label }) {
  return (
    <div className={styles.words}>
      {image && (
        <a href={image.url} target="_blank" rel="noreferrer" className={styles.picture}>
          <img src={image.url} alt={title} />
        </a>
      )}
      {text && <p className={styles.text}>{text}</p>}
      {resource && <Linked id={resource} />}
    </div>
  );
}

/** The way to another resource; nothing for those who may not see it. */
function Linked({ id }: { id: string }) {
  const t = useTexts(modelTexts);
  const { data } = useQuery(linkedQuery(id));
  if (!data) return null;
  return (
    <a href={`/resources/${id}`} target="_blank" rel="noreferrer" className={styles.link}>
      {t('tour.more', { title: data.title })}
    </a>
  );
}
