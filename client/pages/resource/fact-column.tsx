import { Link } from 'react-router';
import { bundleOf, downloadOf } from '../../api/content.ts';
import { formatSize } from '../../components/file-size.tsx';
import { KindMark } from '../../components/kind-mark.tsx';
import { LicenceSentence } from '../../components/licence.tsx';
import { FileList } from '../../features/resources/file-list.tsx';
import { resourceTexts } from '../../features/resources/i18n.ts';
import type { Resource } from '../../features/resources/queries.ts';
import { ResourceFacts } from '../../features/resources/resource-facts.tsx';
import { shell, useLanguage, useTexts } from '../../i18n/index.ts';
import { Actions } from './actions.tsx';
import styles from './fact-column.module.css';
import { Summary } from './summary.tsx';
import { canPreview } from './viewables.ts';

interface Props {
  resource: Resource;
  /** Name of the organisation that it comes from. */
  organisation: string;
  /** Path of the open file. */
  open: string | undefined;
  onOpen: (path: string) => void;
}

export function FactColumn({ resource, organisation, open, onOpen }: Props) {
  const t = useTexts(resourceTexts);
  const words = useTexts(shell);
  const language = useLanguage();
  const bytes = resource.files.reduce((sum, { size }) => sum + size, 0);
  const published = resource.view === 'published' ? resource.version : null;
  return (
    <aside className={styles.facts} aria-label={t('about')}>
      <div className={styles.marks}>
        <KindMark kind={resource.kind} />
        {resource.level && <span className={styles.quiet}>{words(`level.${resource.level}`)}</span>}
      </div>
      <h2 className={styles.title}>{resource.title}</h2>
      <p className={styles.quiet}>
        {organisation === '' ? (
          '\u00a0'
        ) : (
          <Link to={`/search?organisation=${resource.organisation}`}>{organisation}</Link>
        )}
        {organisation && resource.creators.length > 0 && ' · '}
        {resource.creators.join(language === 'en' ? ', ' : '、')}
      </p>
      <Summary text={resource.summary} />
      <LicenceSentence licence={resource.licence} />
      <Actions
        resource={resource}
        organisation={organisation}
        bundle={
          published !== null && resource.files.length > 0 ? bundleOf(resource.id, published) : undefined
        }
        size={formatSize(bytes, language)}
      />
      <section>
        <h3 className={styles.heading}>
          {t('files')} <span className={styles.quiet}>{resource.files.length}</span>
        </h3>
        <FileList
          resource={resource.id}
          version={published === null ? 'draft' : 'newest'}
          files={resource.files}
          open={open}
          canPreview={canPreview}
          onOpen={onOpen}
          downloadOf={published !== null ? (path) => downloadOf(resource.id, published, path) : undefined}
        />
      </section>
      <ResourceFacts resource={resource} />
    </aside>
  );
}
