import { SafetyCertificateOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { type Column, DataTable } from '../components/data-table.tsx';
import { Figures } from '../components/figures.tsx';
import { FileSize } from '../components/file-size.tsx';
import { NothingYet } from '../components/nothing-yet.tsx';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { RowSkeletons } from '../components/skeletons.tsx';
import { When } from '../components/when.tsx';
import { storageTexts } from '../features/storage/i18n.ts';
import { type SetAside, storageQuery } from '../features/storage/queries.ts';
import { useLanguage, useTexts } from '../i18n/index.ts';
import styles from './storage-page.module.css';

/** How the stored bytes are: how much, verified since when, and what is set aside and why. */
export function StoragePage() {
  const t = useTexts(storageTexts);
  const number = new Intl.NumberFormat(useLanguage());
  const { data, error, isPending, refetch } = useQuery(storageQuery);

  const columns: Column<SetAside>[] = [
    { key: 'file', title: t('file'), width: '40%', cell: (blob) => <Places blob={blob} /> },
    {
      key: 'reason',
      title: t('reason'),
      cell: ({ fault, threat = '' }) => (
        <div>
          <span className={styles.reason}>{t(`reason.${fault}`, { threat })}</span>
          <span className={styles.quiet}>{t(`reason.${fault}.hint`)}</span>
        </div>
      ),
    },
    { key: 'found', title: t('found'), cell: ({ foundAt }) => <When at={foundAt} /> },
    {
      key: 'from',
      title: t('from'),
      cell: ({ organisations }) => organisations.map(({ name }) => name).join('、') || '—',
    },
  ];

  return (
    <Page title={t('title')} lead={t('lead')}>
      {isPending && <RowSkeletons count={3} />}
      {error && <ProblemView problem={error} onRetry={refetch} />}
      {data && (
        <div className={styles.page}>
          <Figures
            figures={[
              { name: t('files'), value: number.format(data.blobs), hint: t('files.hint') },
              { name: t('bytes'), value: <FileSize bytes={data.bytes} /> },
              {
                name: t('checked'),
                value: data.checkedSince === null ? t('checked.none') : <When at={data.checkedSince} />,
                hint: t('checked.hint'),
              },
            ]}
          />
          <section>
            <h2 className={styles.heading}>{t('set-aside')}</h2>
            {data.setAside.length === 0 ? (
              <NothingYet
                title={t('none')}
                hint={t(data.blobs === 0 ? 'none.hint.empty' : 'none.hint')}
                picture={<SafetyCertificateOutlined />}
              />
            ) : (
              <DataTable
                label={t('set-aside')}
                columns={columns}
                rows={data.setAside}
                keyOf={({ sha256 }) => sha256}
                nameOf={({ sha256 }) => sha256}
              />
            )}
          </section>
        </div>
      )}
    </Page>
  );
}

/** The resources that a file stands in. */
function Places({ blob: { places, sha256, size } }: { blob: SetAside }) {
  const t = useTexts(storageTexts);
  return (
    <div>
      {places.length === 0 && t('nowhere', { sha256: sha256.slice(0, 12) })}
      {places.map(({ resource, title, path }) => (
        <div key={`${resource} ${path}`} className={styles.place}>
          <Link to={`/resources/${resource}`}>{title}</Link>
          <span className={styles.quiet}>{path}</span>
        </div>
      ))}
      <span className={styles.quiet}>
        <FileSize bytes={size} />
      </span>
    </div>
  );
}
