import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Facet } from '../../../server/search/contract.ts';
import { useLabels } from '../../api/labels.ts';
import { When } from '../../components/when.tsx';
import { shell, useLanguage, useTexts } from '../../i18n/index.ts';
import { Fact, Facts } from './fact.tsx';
import { resourceTexts } from './i18n.ts';
import type { Resource } from './queries.ts';

/** What a resource is about, for whom, and since when; every term leads to its neighbours. */
export function ResourceFacts({ resource }: { resource: Resource }) {
  const t = useTexts(resourceTexts);
  const words = useTexts(shell);
  const language = useLanguage();
  const labels = {
    major: useLabels('majors'),
    course: useLabels('courses'),
    job: useLabels('jobs'),
    certificate: useLabels('certificates'),
    materialType: useLabels('material-types'),
  };
  const { courseware, textbook, xr } = resource;
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
      <Fact name={t('minutes')}>
        {courseware?.minutes && t('minutes.count', { count: courseware.minutes })}
      </Fact>
      <Fact name={t('edition')}>{textbook?.edition}</Fact>
      <Fact name={t('form')}>{textbook?.form && t(`form.${textbook.form}`)}</Fact>
      <Fact name={t('press')}>{textbook?.press}</Fact>
      <Fact name={t('isbn')}>{textbook?.isbn}</Fact>
      <Fact name={t('simulates')}>{xr?.simulates}</Fact>
      <Fact name={t('devices')}>
        {xr && list([...(xr.devices ?? []).map((device) => t(`device.${device}`)), ...(xr.headsets ?? [])])}
      </Fact>
      <Fact name={t('runtime')}>{xr?.runtime && t(`runtime.${xr.runtime}`)}</Fact>
      <Fact name={t('language')}>
        {new Intl.DisplayNames(language, { type: 'language' }).of(resource.language)}
      </Fact>
      <Fact name={t('tags')}>{links('tag', resource.tags)}</Fact>
      <Fact name={t('audience')}>{words(`scope.${resource.audience.scope}`)}</Fact>
      <Fact name={t('version')}>
        {resource.version !== null && t('version.number', { number: resource.version })}
      </Fact>
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
