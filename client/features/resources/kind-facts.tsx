import type { Parts } from '../../../server/resources/contract.ts';
import { useLanguage, useTexts } from '../../i18n/index.ts';
import { Fact } from './fact.tsx';
import { resourceTexts } from './i18n.ts';

/** The short facts that only one kind of resource has: edition and ISBN, devices, minutes. */
export function KindFacts({ of: { courseware, textbook, xr } }: { of: Parts }) {
  const t = useTexts(resourceTexts);
  const language = useLanguage();
  const needed = [...(xr?.devices ?? []).map((device) => t(`device.${device}`)), ...(xr?.headsets ?? [])];
  return (
    <>
      <Fact name={t('minutes')}>
        {courseware?.minutes && t('minutes.count', { count: courseware.minutes })}
      </Fact>
      <Fact name={t('edition')}>{textbook?.edition}</Fact>
      <Fact name={t('form')}>{textbook?.form && t(`form.${textbook.form}`)}</Fact>
      <Fact name={t('press')}>{textbook?.press}</Fact>
      <Fact name={t('isbn')}>{textbook?.isbn}</Fact>
      <Fact name={t('simulates')}>{xr?.simulates}</Fact>
      <Fact name={t('devices')}>{needed.join(language === 'en' ? ', ' : '、')}</Fact>
      <Fact name={t('runtime')}>{xr?.runtime && t(`runtime.${xr.runtime}`)}</Fact>
    </>
  );
}
