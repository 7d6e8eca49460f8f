import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { pictureOf } from '../../api/content.ts';
import { formatsOf } from '../../components/formats.ts';
import { ProblemView } from '../../components/problem-view.tsx';
import { CardGrid, ResourceCard } from '../../components/resource-card.tsx';
import { CardSkeletons } from '../../components/skeletons.tsx';
import { AttentionMark } from '../../components/state-mark.tsx';
import { When } from '../../components/when.tsx';
import { setsQuery } from '../../features/collections/queries.ts';
import { SetCard } from '../../features/collections/set-card.tsx';
import { shell, useTexts } from '../../i18n/index.ts';
import { EmptyLibrary } from './empty-library.tsx';
import { homeTexts } from './i18n.ts';
import { draftsQuery, newestQuery } from './queries.ts';
import { Row } from './row.tsx';
import styles from './rows.module.css';

/** What the member has begun; not shown when there is nothing. */
export function ContinueRow() {
  const t = useTexts(homeTexts);
  const words = useTexts(shell);
  const { data } = useQuery(draftsQuery);
  if (!data || data.items.length === 0) return null;
  return (
    <Row title={t('continue')} to="/mine" more={t('continue.all')}>
      <CardGrid>
        {data.items.map((draft) => (
          <ResourceCard
            key={draft.id}
            to={`/resources/${draft.id}/edit`}
            kind={draft.kind}
            title={draft.title}
            picture={pictureOf(draft)}
            mark={
              draft.returned ? (
                <AttentionMark text={words('state.returned')} />
              ) : (
                words(`state.${draft.state}`)
              )
            }
            meta={
              <>
                {t('edited')} <When at={draft.updatedAt} />
              </>
            }
          />
        ))}
      </CardGrid>
    </Row>
  );
}

/** What was published last: in the member's majors when there is something, otherwise in all. */
export function NewRow({ majors }: { majors: readonly string[] }) {
  const t = useTexts(homeTexts);
  const mine = useQuery({ ...newestQuery(majors), enabled: majors.length > 0 });
  const all = useQuery(newestQuery([]));
  const inMine = majors.length > 0 && (mine.data?.items.length ?? 0) > 0;
  const items = inMine ? mine.data?.items : all.data?.items;
  const { error, refetch } = all;
  if (items?.length === 0) return <EmptyLibrary />;
  const where = inMine
    ? `?${new URLSearchParams(majors.map((code) => ['major', code]))}&sort=newest`
    : '?sort=newest';
  return (
    <Row title={inMine ? t('new.mine') : t('new')} to={`/search${where}`} more={t('new.all')}>
      {error && <ProblemView problem={error} onRetry={refetch} />}
      {!items && !error && <CardSkeletons count={8} />}
      {items && (
        <CardGrid>
          {items.map((item) => (
            <ResourceCard
              key={item.id}
              to={`/resources/${item.id}`}
              kind={item.kind}
              title={item.title}
              picture={pictureOf(item)}
              formats={formatsOf(item.mediaTypes)}
              meta={[
                item.organisationName,
                item.publishedAt && <When key="published" at={item.publishedAt} />,
              ]}
            />
          ))}
        </CardGrid>
      )}
    </Row>
  );
}

/** What curators put together; not shown when there is nothing. */
export function CollectionsRow() {
  const t = useTexts(homeTexts);
  const { data } = useInfiniteQuery(setsQuery('collections'));
  const sets = data?.pages[0]?.items.slice(0, 3) ?? [];
  if (sets.length === 0) return null;
  return (
    <Row title={t('collections')} to="/collections" more={t('collections.all')}>
      <div className={styles.sets}>
        {sets.map((set) => (
          <SetCard
            heading="h3"
            key={set.id}
            base="collections"
            set={set}
            picture={set.cover === null ? undefined : pictureOf({ id: set.cover, cover: set.cover })}
          />
        ))}
      </div>
    </Row>
  );
}
