import { BellOutlined, CheckOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMe } from '../../api/me.ts';
import { useTexts } from '../../i18n/index.ts';
import { searchTexts } from './i18n.ts';
import { savedQuery, useSavedSearches } from './queries.ts';
import { addressOf, countChosen, type Question, questionOf } from './question.ts';

/** Keeps the question, so that new hits are told; for members, once something is asked. */
export function FollowButton({ question }: { question: Question }) {
  const t = useTexts(searchTexts);
  const { me } = useMe();
  const { data } = useQuery({ ...savedQuery, enabled: me !== undefined });
  const { save } = useSavedSearches();
  if (!me || (question.q === '' && countChosen(question) === 0)) return null;
  const address = addressOf({ ...question, q: question.q.trim() }).toString();
  const isKept = data?.items.some((saved) => addressOf(questionOf(saved)).toString() === address) ?? false;
  return (
    <>
      <Button
        icon={isKept ? <CheckOutlined /> : <BellOutlined />}
        loading={save.isPending}
        disabled={isKept}
        onClick={() => save.mutate(question)}
      >
        {t(isKept ? 'saved.done' : 'saved.save')}
      </Button>
      {save.error && <span role="alert">{save.error.message}</span>}
    </>
  );
}
