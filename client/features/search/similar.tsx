import { useQuery } from '@tanstack/react-query';
import { pictureOf } from '../../api/content.ts';
import { useTexts } from '../../i18n/index.ts';
import { Hit } from './hit.tsx';
import { searchTexts } from './i18n.ts';
import { similarQuery } from './queries.ts';
import styles from './similar.module.css';

/** What comes near a resource; nothing where nothing does, or where search is away. */
export function Similar({ resource }: { resource: string }) {
  const t = useTexts(searchTexts);
  const { data } = useQuery(similarQuery(resource));
  if (!data || data.items.length === 0) return null;
  return (
    <section aria-label={t('similar')}>
      <h2>{t('similar')}</h2>
      <div className={styles.list}>
        {data.items.map((item) => (
          <Hit key={item.id} item={item} picture={pictureOf(item)} view="cards" />
        ))}
      </div>
    </section>
  );
}
