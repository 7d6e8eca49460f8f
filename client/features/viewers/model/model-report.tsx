import type { Preview } from '../../../api/content.ts';
import { formatSize } from '../../../components/file-size.tsx';
import { useLanguage, useTexts } from '../../../i18n/index.ts';
import { modelTexts } from './i18n.ts';
import styles from './model-report.module.css';

/** What a trainer wants to know of a model before it is used in class, and an author before it is submitted. */
export function ModelReport({ facts: { model, light } }: Pick<Preview, 'facts'>) {
  const t = useTexts(modelTexts);
  const language = useLanguage();
  if (!model) return null;
  const { x, y, z } = model.size;
  const [unit, perMetre] =
    Math.max(x, y, z) < 1 ? (['millimetres', 1000] as const) : (['metres', 1] as const);
  const number = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  const inUnit = (metres: number) => number.format(metres * perMetre);
  const runsOnPhones = model.runsOnPhones || light?.runsOnPhones;
  return (
    <>
      <ul className={styles.report}>
        <li>{t(`size.${unit}`, { x: inUnit(x), y: inUnit(y), z: inUnit(z) })}</li>
        <li>{t('triangles', { count: model.triangles })}</li>
        {model.materials > 0 && <li>{t('materials', { count: model.materials })}</li>}
        {model.textures > 0 && (
          <li>
            {t('textures', { count: model.textures, memory: formatSize(model.textureMemory, language) })}
          </li>
        )}
        {model.animations.length > 0 && <li>{t('animations', { count: model.animations.length })}</li>}
        {model.faults?.errors === 0 && <li>{t('valid')}</li>}
        <li>{runsOnPhones ? t('phone') : t('no-phone')}</li>
        {light && light.triangles < model.triangles && <li>{t('light', { count: light.triangles })}</li>}
        {light && light.textureMemory < model.textureMemory && (
          <li>{t('light.textures', { memory: formatSize(light.textureMemory, language) })}</li>
        )}
        {model.extensions.length > 0 && <li>{t('extensions', { names: model.extensions.join(', ') })}</li>}
      </ul>
      {model.faults && model.faults.errors > 0 && (
        <details className={styles.faults}>
          <summary>{t('faults', { count: model.faults.errors })}</summary>
          <ul>
            {model.faults.first.map((fault, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same fault may stand twice, and nothing moves
              <li key={at} lang="en">
                {fault}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
