import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Describable, Parts } from '../../../server/resources/contract.ts';
import type { Facet } from '../../../server/search/contract.ts';
import { useLabels } from '../../api/labels.ts';
import { When } from '../../components/when.tsx';
import { useLanguage, useTexts } from '../../i18n/index.ts';
import { useAudienceWords } from './audience-words.ts';
import { Fact, Facts } from './fact.tsx';
import { resourceTexts } from './i18n.ts';
import { KindFacts } from './kind-facts.tsx';
import { useLanguageName } from './language-name.ts';
import { peopleQuery, type Resource } from './queries.ts';

/** What is told of a resource, or of one of its versions. */
type Told = Describable & Parts & Pick<Resource, 'version' | 'publishedAt' | 'updatedAt' | 'editors'>;

/** What a resource is about, for whom, and since when; every term leads to its neighbours. */
export function ResourceFacts({ resource }: { resource: Told }) {
  const t = useTexts(resourceTexts);
  const languageName = useLanguageName();
  const audienceWords = useAudienceWords();
  const language = useLanguage();
  const labels = {
    major: useLabels('majors'),
    course: useLabels('courses'),
    job: useLabels('jobs'),
    certificate: useLabels('certificates'),
    materialType: useLabels('material-types'),
  };
  const { editors = [] } = resource;
  const { data: people } = useQuery(peopleQuery(editors));
  const list = (values: readonly string[], label: (value: string) => string = String) =>
    values.map(label).join(language === 'en' ? ', ' : '、');
  return (
    <Facts>
      <Fact name={t('majors')}>{links('major', resource.majors, labels.major)}</Fact>
      <Fact name={t('courses')}>{links('course', resource.courses, labels.course)}</Fact>
      <Fact name={t('jobs')}>{list(resource.jobs, labels.job)}</Fact>
      <Fact name={t('certificates')}>{list(resource.certificates, labels.certificate)}</Fact>
      <Fact name={t('material-type')}>
        {resource.materialType && links('materialType', [resource.materialType], labels.materialType)}
      </Fact>
      <KindFacts of={resource} />
      <Fact name={t('language')}>{languageName(resource.language)}</Fact>
      <Fact name={t('tags')}>{links('tag', resource.tags)}</Fact>
      <Fact name={t('audience')}>{audienceWords(resource.audience)}</Fact>
      <Fact name={t('editors')}>{list(editors.flatMap((id) => people?.get(id) ?? []))}</Fact>
      <Fact name={t('version')}>{resource.version}</Fact>
      <Fact name={t('updated')}>
        <When at={resource.publishedAt ?? resource.updatedAt} />
      </Fact>
    </Facts>
  );
}

function links(
  facet: Facet,
  values: readonly string[],
  label: (value: string) => string = String,
): ReactNode[] {
  return values.map((value, place) => (
    <span key={value}>
      {place > 0 && ' · '}
      <Link to={`/search?${new URLSearchParams({ [facet]: value })}`}>{label(value)}</Link>
    </span>
  ));
}
