import { CloudUploadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useMe } from '../../api/me.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { NothingYet } from '../../components/nothing-yet.tsx';
import { NotSetUp } from '../../features/members/not-set-up.tsx';
import { setUpQuery } from '../../features/members/queries.ts';
import { useTexts } from '../../i18n/index.ts';
import { homeTexts } from './i18n.ts';

/** Where nothing is published yet: what to do first. */
export function EmptyLibrary() {
  const t = useTexts(homeTexts);
  const { me, may } = useMe();
  const { data } = useQuery({ ...setUpQuery, enabled: !me });
  if (data?.open) return <NotSetUp />;
  return (
    <NothingYet
      title={t('empty.title')}
      hint={t('empty.hint')}
      picture={<CloudUploadOutlined />}
      action={
        me ? (
          may('create', 'resource') && (
            <LinkButton to="/upload" type="primary">
              {t('empty.upload')}
            </LinkButton>
          )
        ) : (
          <LinkButton to="/sign-in?next=/upload">{t('empty.sign-in')}</LinkButton>
        )
      }
    />
  );
}
