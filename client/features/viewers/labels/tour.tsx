import { EyeOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Switch } from 'antd';
import { useEffect, useRef } from 'react';
import { isInSphere } from '../../../../server/resources/contract.ts';
import { useTexts } from '../../../i18n/index.ts';
import { stemOf } from '../kinds.ts';
import { labelTexts } from './i18n.ts';
import type { Label, SphereLabel } from './label.ts';
import { linkedPage } from './linked.ts';
import { linkedQuery } from './queries.ts';
import styles from './tour.module.css';
import type { TourState } from './use-tour.ts';

interface Props {
  /** How the tour is called for those who do not see it. */
  name: string;
  labels: readonly Label[];
  tour: TourState;
  onGo: (at: number) => void;
  /** Told when the learner goes on into the scene that a label leads to. */
  onScene?: (label: SphereLabel) => void;
}

/** A guided tour: labels in order, each with its words, and a way to test oneself. */
export function Tour({ name, labels, tour, onGo, onScene }: Props) {
  const { at, testing, isSecret } = tour;
  const t = useTexts(labelTexts);
  const isAtEnd = at === labels.length - 1;
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (at !== undefined) list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <section className={styles.tour} aria-label={name}>
      <header className={styles.head}>
        <h2 className={styles.title}>
          {at === undefined
            ? t('tour.count', { count: labels.length })
            : t('tour.at', { n: at + 1, count: labels.length })}
        </h2>
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch is inside */}
        <label className={styles.test}>
          {t('tour.test')}
          <Switch size="small" checked={testing} onChange={tour.test} />
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
                  <Button icon={<EyeOutlined />} className={styles.reveal} onClick={() => tour.reveal(index)}>
                    {t('tour.reveal')}
                  </Button>
                ) : (
                  <Words label={label} onScene={onScene} />
                ))}
            </li>
          );
        })}
      </ol>
      <p aria-live="polite" className="visually-hidden">
        {at !== undefined && (isSecret(at) ? t('label.secret', { n: at + 1 }) : spoken(labels[at], at))}
      </p>
      <footer className={styles.foot}>
        {at !== undefined && (
          <Button icon={<LeftOutlined />} disabled={at === 0} onClick={() => onGo(at - 1)}>
            {t('tour.previous')}
          </Button>
        )}
        {/* One button from beginning to end, so that the keyboard stays on it. */}
        <Button
          type={isAtEnd ? 'default' : 'primary'}
          block={at === undefined}
          icon={at !== undefined && !isAtEnd && <RightOutlined />}
          iconPlacement="end"
          onClick={() => onGo(at === undefined || isAtEnd ? 0 : at + 1)}
        >
          {t(at === undefined ? 'tour.begin' : isAtEnd ? 'tour.again' : 'tour.next')}
        </Button>
      </footer>
    </section>
  );
}

const spoken = (label: Label | undefined, at: number) => label && `${at + 1} ${label.title}. ${label.text}`;

function Words({ label, onScene }: { label: Label } & Pick<Props, 'onScene'>) {
  const t = useTexts(labelTexts);
  const { title, text, image, resource } = label;
  return (
    <div className={styles.words}>
      {image && (
        <a href={image.url} target="_blank" rel="noreferrer" className={styles.picture}>
          <img src={image.url} alt={title} />
        </a>
      )}
      {text && <p className={styles.text}>{text}</p>}
      {resource && <Linked id={resource} />}
      {onScene && isInSphere(label) && label.scene && (
        <Button icon={<RightOutlined />} iconPlacement="end" onClick={() => onScene(label)}>
          {t('scene.go', { name: stemOf(label.scene.path) })}
        </Button>
      )}
    </div>
  );
}

/** The way to another resource; nothing for those who may not see it. */
function Linked({ id }: { id: string }) {
  const t = useTexts(labelTexts);
  const { data } = useQuery(linkedQuery(id));
  if (!data) return null;
  return (
    <a href={linkedPage(id)} target="_blank" rel="noreferrer" className={styles.link}>
      {t('tour.more', { title: data.title })}
    </a>
  );
}
