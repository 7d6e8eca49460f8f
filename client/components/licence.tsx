import { SafetyCertificateOutlined } from '@ant-design/icons';
import type { Licence } from '../api/words.ts';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './licence.module.css';

/** The short name of a licence as it is known: CC BY-SA 4.0. */
export function licenceName(licence: Licence): string {
  if (!licence.startsWith('cc')) return '';
  return licence.startsWith('cc0')
    ? 'CC0 1.0'
    : licence.replace('cc-', 'CC ').replace(/-(\d)/, ' $1').toUpperCase();
}

/** What a licence lets one do, in one sentence. */
export function LicenceSentence({ licence }: { licence: Licence | null | undefined }) {
  const t = useTexts(shell);
  if (!licence) return <p className={styles.sentence}>{t('licence.none')}</p>;
  const name = licenceName(licence);
  return (
    <p className={styles.sentence}>
      <SafetyCertificateOutlined aria-hidden="true" className={styles.icon} />
      <span>
        {t('licence.you-may', { what: t(`licence.${licence}`) })}
        {name && (
          <>
            {' '}
            <a href={deed(licence)} rel="license noreferrer" className={styles.name}>
              {name}
            </a>
          </>
        )}
      </span>
    </p>
  );
}

function deed(licence: Licence): string {
  const [, terms = '', version = ''] = /^(?:cc-)?(.+)-(\d\.\d)$/.exec(licence) ?? [];
  return licence.startsWith('cc0')
    ? 'https://creativecommons.org/publicdomain/zero/1.0/deed.zh-hans'
    : `https://creativecommons.org/licenses/${terms}/${version}/deed.zh-hans`;
}
