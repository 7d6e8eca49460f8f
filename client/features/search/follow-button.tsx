import { BellOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useMe } from '../../api/me.ts';
import { useTexts } from '../../i18n/index.ts';
import { searchTexts } from './i18n.ts';
import { useSavedSearches } from './queries.ts';
import { countChosen, type Question } from './question.ts';

/** Keeps the question, so that new hits are told; for members, once something is asked. */
export function FollowButton({ question }: { question: Question }) {
  const t = useTexts(searchTexts);
  const { me } = useMe();
  const { message } = App.useApp();
  const { save } = useSavedSearches();
  if (!me || (question.q === '' && countChosen(question) === 0)) return null;
  return (
    <Button
      icon={<BellOutlined />}
      loading={save.isPending}
      onClick={() =>
        save.mutate(question, {
          onSuccess: () => void message.success(t('saved.done')),
          onError: (problem) => void message.error(problem.message),
        })
      }
    >
      {t('saved.save')}
    </Button>
  );
}
