import type { Preview } from '../../../api/content.ts';
import { formatSize } from '../../../components/file-size.tsx';
import { useLanguage, useTexts } from '../../../i18n/index.ts';
import { modelTexts } from './i18n.ts';
import styles from './model-report.module.css';

type Report = NonNullable<Preview['facts']['model']>;

/** What a trainer wants to know of a model before it is used in class. */
export function ModelReport({ report }: { report: Report }) {
  const t = useTexts(modelTexts);
  const language = useLanguage();
  const { x, y, z } = report.size;
  const [unit, perMetre] =
    Math.max(x, y, z) < 1 ? (['millimetres', 1000] as const) : (['metres', 1] as const);
  const number = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  const inUnit = (metres: number) => number.format(metres * perMetre);
  return (
    <ul className={styles.report}>
      <li>{t(`size.${unit}`, { x: inUnit(x), y: inUnit(y), z: inUnit(z) })}</li>
      <li>{t('triangles', { count: report.triangles })}</li>
      {report.textures > 0 && (
        <li>
          {t('textures', {
            count: report.textures,
            memory: formatSize(report.textureMemory, language),
          })}
        </li>
      )}
      {report.animations.length > 0 && <li>{t('animations', { count: report.animations.length })}</li>}
      {report.faults && (
        <li title={report.faults.first.join('\n')}>
          {report.faults.errors > 0 ? t('faults', { count: report.faults.errors }) : t('valid')}
        </li>
      )}
      <li>{report.runsOnPhones ? t('phone') : t('no-phone')}</li>
    </ul>
  );
}
