import { useQuery } from '@tanstack/react-query';
import { pictureOf } from '../../api/content.ts';
import { useMe } from '../../api/me.ts';
import { useTexts } from '../../i18n/index.ts';
import { Hit } from './hit.tsx';
import { searchTexts } from './i18n.ts';
import styles from './near-hits.module.css';
import { nearQuery } from './queries.ts';
import type { Question } from './question.ts';
import { useHitView } from './result-bar.tsx';

/** Resources that come nearest to a question without hits; nothing in an empty library. */
export function NearHits({ question }: { question: Question }) {
  const t = useTexts(searchTexts);
  const [view] = useHitView();
  const { me, isPending } = useMe();
  const { data } = useQuery({ ...nearQuery(question, me?.majors ?? []), enabled: !isPending });
  if (!data) return null;
  const title = t(`near.${data.by}`);
  return (
    <section aria-label={title} className={styles.near}>
      <h2>{title}</h2>
      <div className={styles[view]}>
        {data.items.map((item) => (
          <Hit key={item.id} item={item} picture={pictureOf(item)} view={view} />
        ))}
      </div>
    </section>
  );
}
