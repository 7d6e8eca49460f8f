import { WarningOutlined } from '@ant-design/icons';
import type { Parts } from '../../../server/resources/contract.ts';
import { useTexts } from '../../i18n/index.ts';
import { resourceTexts } from './i18n.ts';
import styles from './resource-details.module.css';

/** The longer texts of a kind: aims of a lesson, what a trainer must know before a simulation is used. */
export function ResourceDetails({ resource: { courseware, xr } }: { resource: Parts }) {
  const t = useTexts(resourceTexts);
  const aims = courseware?.aims ?? {};
  const parts: { title: string; text: string | undefined }[] = [
    { title: t('prerequisites'), text: courseware?.prerequisites },
    { title: t('method'), text: courseware?.method },
    { title: t('start'), text: xr?.start },
  ];
  return (
    <>
      {xr?.safety && (
        <section className={styles.safety}>
          <WarningOutlined aria-hidden="true" />
          <div>
            <h2>{t('safety')}</h2>
            <p>{xr.safety}</p>
          </div>
        </section>
      )}
      {(aims.knowledge || aims.skill || aims.attitude) && (
        <section>
          <h2>{t('aims')}</h2>
          <div className={styles.aims}>
            {(['knowledge', 'skill', 'attitude'] as const).map(
              (aim) =>
                aims[aim] && (
                  <div key={aim}>
                    <h3>{t(`aims.${aim}`)}</h3>
                    <p className={styles.text}>{aims[aim]}</p>
                  </div>
                ),
            )}
          </div>
        </section>
      )}
      {parts.map(
        ({ title, text }) =>
          text && (
            <section key={title}>
              <h2>{title}</h2>
              <p className={styles.text}>{text}</p>
            </section>
          ),
      )}
      {xr?.tasks && xr.tasks.length > 0 && (
        <section>
          <h2>{t('tasks')}</h2>
          <ol className={styles.tasks}>
            {xr.tasks.map(({ title, minutes }) => (
              <li key={title}>
                {title}
                {minutes !== undefined && (
                  <span className={styles.minutes}>{t('minutes.count', { count: minutes })}</span>
                )}
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}
