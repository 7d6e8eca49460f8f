import { StopOutlined } from '@ant-design/icons';
import { Link } from 'react-router';
import { Notice } from '../../components/notice.tsx';
import { formatExactly } from '../../components/when.tsx';
import { useLanguage, useTexts } from '../../i18n/index.ts';
import { resourceTexts } from './i18n.ts';
import type { Resource } from './queries.ts';

interface Props {
  title: string;
  withdrawn: NonNullable<Resource['withdrawn']>;
  /** In a page of somebody else, the successor opens in a window of its own. */
  isEmbedded?: boolean;
}

const elsewhere = { target: '_blank', rel: 'noreferrer' };

/** What stays of a withdrawn resource: that it was here, why it went, and what replaces it. */
export function Tombstone({ title, withdrawn, isEmbedded = false }: Props) {
  const { at, reason, successor, successorTitle } = withdrawn;
  const t = useTexts(resourceTexts);
  const date = formatExactly(at, useLanguage());
  return (
    <Notice
      picture={<StopOutlined />}
      title={t('withdrawn')}
      detail={
        reason ? t('withdrawn.detail', { title, date, reason }) : t('withdrawn.no-reason', { title, date })
      }
      actions={
        successor &&
        successorTitle && (
          <p>
            {t('successor')}{' '}
            <Link to={`/resources/${successor}`} {...(isEmbedded && elsewhere)}>
              {successorTitle}
            </Link>
          </p>
        )
      }
    />
  );
}
