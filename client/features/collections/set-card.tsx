import { FolderOpenOutlined } from '@ant-design/icons';
import { Link } from 'react-router';
import { When } from '../../components/when.tsx';
import { useTexts } from '../../i18n/index.ts';
import { collectionTexts } from './i18n.ts';
import type { Base, SetSummary } from './queries.ts';
import styles from './set-card.module.css';

interface Props {
  base: Base;
  set: SetSummary;
  /** Address of the picture of its cover. */
  picture: string | undefined;
  /** Rank of its title on the page. */
  heading: 'h2' | 'h3';
}

/** A collection or shelf among others. */
export function SetCard({ base, set, picture, heading: Heading }: Props) {
  const t = useTexts(collectionTexts);
  return (
    <article className={styles.card}>
      <div className={styles.cover} aria-hidden="true">
        {picture ? <img src={picture} alt="" loading="lazy" /> : <FolderOpenOutlined />}
      </div>
      <div className={styles.body}>
        <Heading className={styles.title}>
          <Link to={`/${base}/${set.id}`}>{set.title}</Link>
        </Heading>
        {set.summary && <p className={styles.summary}>{set.summary}</p>}
        <p className={styles.meta}>
          {t('items', { count: set.itemCount })} · {t('updated')} <When at={set.updatedAt} />
        </p>
      </div>
    </article>
  );
}
