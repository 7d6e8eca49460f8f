import { StopOutlined } from '@ant-design/icons';
import { LinkButton } from '../../components/link-button.tsx';
import { Notice } from '../../components/notice.tsx';
import { formatExactly } from '../../components/when.tsx';
import { useLanguage, useTexts } from '../../i18n/index.ts';
import { resourceTexts } from './i18n.ts';

interface Props {
  title: string;
  withdrawn: { at: string; reason: string; successor?: string | undefined };
}

/** What stays of a withdrawn resource: that it was here, why it went, and what replaces it. */
export function Tombstone({ title, withdrawn: { at, reason, successor } }: Props) {
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
        successor && (
          <LinkButton to={`/resources/${successor}`} type="primary">
            {t('successor')}
          </LinkButton>
        )
      }
    />
  );
}
