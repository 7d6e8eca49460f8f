import { FileTextOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { useLabels } from '../../api/labels.ts';
import { useOrganisationName } from '../../api/organisation-names.ts';
import { placeIn, withPlace } from '../../api/place.ts';
import { KindMark } from '../../components/kind-mark.tsx';
import { LicenceSentence } from '../../components/licence.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemView } from '../../components/problem-view.tsx';
import { ViewerSkeleton } from '../../components/skeletons.tsx';
import { useAudienceWords } from '../../features/resources/audience-words.ts';
import { draftTexts } from '../../features/resources/draft/i18n.ts';
import { Facts } from '../../features/resources/fact.tsx';
import { FileList } from '../../features/resources/file-list.tsx';
import { KindFacts } from '../../features/resources/kind-facts.tsx';
import { useLanguageName } from '../../features/resources/language-name.ts';
import { resourceQuery } from '../../features/resources/queries.ts';
import { ResourceDetails } from '../../features/resources/resource-details.tsx';
import { reviewTexts } from '../../features/reviews/i18n.ts';
import type { Submission } from '../../features/reviews/queries.ts';
import { Remarked } from '../../features/reviews/remarked.tsx';
import type { Remarks } from '../../features/reviews/remarks.ts';
import { shell, useLanguage, useTexts } from '../../i18n/index.ts';
import { ResourceStage } from '../resource/resource-stage.tsx';
import { canPreview, firstOf } from '../resource/viewables.ts';
import styles from './submission-view.module.css';

interface Props {
  submission: Submission;
  remarks: Remarks;
  onRemark: (field: string, words: string | undefined) => void;
}

/** A submitted draft as readers will see it, with a place for words at every part. Its heading can be focused. */
export function SubmissionView({ submission, ...part }: Props) {
  const t = useTexts(reviewTexts);
  const fields = useTexts(draftTexts);
  const organisation = useOrganisationName(submission.organisation);
  return (
    <article aria-label={t('look')} className={styles.view}>
      <p className={styles.marks}>
        <KindMark kind={submission.kind} />
        <span>{organisation}</span>
      </p>
      <Remarked {...part} field="title" label={fields('field.title')}>
        <h2 className={`submission-title ${styles.title}`} tabIndex={-1}>
          {submission.title}
        </h2>
      </Remarked>
      <SubmissionParts id={submission.id} {...part} />
    </article>
  );
}

function SubmissionParts({ id, remarks, onRemark }: Omit<Props, 'submission'> & { id: string }) {
  const t = useTexts(reviewTexts);
  const fields = useTexts(draftTexts);
  const words = useTexts(shell);
  const language = useLanguage();
  const labels = {
    majors: useLabels('majors'),
    courses: useLabels('courses'),
    jobs: useLabels('jobs'),
    certificates: useLabels('certificates'),
    materialType: useLabels('material-types'),
  };
  const languageName = useLanguageName();
  const audienceWords = useAudienceWords();
  const [params, setParams] = useSearchParams();
  const { data: resource, error, isPending, refetch } = useQuery(resourceQuery(id, 'draft'));
  if (isPending) return <ViewerSkeleton />;
  if (error) return <ProblemView problem={error} onRetry={refetch} />;
  const file = firstOf(resource.files, params.get('file'), placeIn(params).at);
  const list = (values: readonly string[], label: (value: string) => string = String) =>
    values.length > 0 ? values.map(label).join(language === 'en' ? ', ' : '、') : t('empty');
  const part = { remarks, onRemark };

  return (
    <>
      <div className={styles.stage}>
        {file ? (
          <ResourceStage resource={id} version="draft" path={file.path} />
        ) : (
          <Notice picture={<FileTextOutlined />} title={t('empty')} />
        )}
      </div>
      <Remarked {...part} field="summary" label={fields('field.summary')}>
        <p className={styles.text}>{resource.summary || t('empty')}</p>
      </Remarked>
      <Remarked {...part} field="files" label={fields('field.files')}>
        <FileList
          resource={resource.id}
          version="draft"
          files={resource.files}
          open={file?.path}
          canPreview={canPreview}
          onOpen={(path) => setParams((before) => withPlace(before, path), { replace: true })}
          downloadOf={undefined}
        />
      </Remarked>
      <div className={styles.columns}>
        <Remarked {...part} field="majors" label={fields('field.majors')}>
          {list(resource.majors, labels.majors)}
        </Remarked>
        <Remarked {...part} field="level" label={fields('field.level')}>
          {resource.level ? words(`level.${resource.level}`) : t('empty')}
        </Remarked>
        <Remarked {...part} field="materialType" label={fields('field.materialType')}>
          {resource.materialType ? labels.materialType(resource.materialType) : t('empty')}
        </Remarked>
        <Remarked {...part} field="creators" label={fields('field.creators')}>
          {list(resource.creators)}
        </Remarked>
        <Remarked {...part} field="audience" label={fields('field.audience')}>
          {audienceWords(resource.audience)}
        </Remarked>
        <Remarked {...part} field="language" label={fields('field.language')}>
          {languageName(resource.language)}
        </Remarked>
        <Remarked {...part} field="licence" label={fields('field.licence')}>
          <LicenceSentence licence={resource.licence} />
        </Remarked>
        {(['courses', 'jobs', 'certificates'] as const).map(
          (name) =>
            resource[name].length > 0 && (
              <Remarked key={name} {...part} field={name} label={fields(`field.${name}`)}>
                {list(resource[name], labels[name])}
              </Remarked>
            ),
        )}
        {resource.tags.length > 0 && (
          <Remarked {...part} field="tags" label={fields('field.tags')}>
            {list(resource.tags)}
          </Remarked>
        )}
      </div>
      {resource[resource.kind] && (
        <Remarked {...part} field={resource.kind} label={fields(`field.${resource.kind}`)}>
          <Facts>
            <KindFacts of={resource} />
          </Facts>
          <ResourceDetails resource={resource} />
        </Remarked>
      )}
    </>
  );
}
