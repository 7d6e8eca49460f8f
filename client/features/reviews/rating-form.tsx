import { Button, Input, Rate } from 'antd';
import { useState } from 'react';
import { say } from '../../components/say.ts';
import { useTexts } from '../../i18n/index.ts';
import { useRate, useUnrate } from './rating-queries.ts';
import { ratingTexts } from './rating-texts.ts';
import styles from './ratings.module.css';

interface Props {
  resource: string;
  /** What the member has said before. */
  mine: { stars: number; comment: string } | null;
}

export function RatingForm({ resource, mine }: Props) {
  const t = useTexts(ratingTexts);
  const [stars, setStars] = useState(mine?.stars ?? 0);
  const [comment, setComment] = useState(mine?.comment ?? '');
  const rate = useRate(resource);
  const unrate = useUnrate(resource);
  const problem = rate.error ?? unrate.error;

  function send(event: React.FormEvent) {
    event.preventDefault();
    rate.mutate({ stars, comment }, { onSuccess: () => say(t('thanks')) });
  }

  return (
    <form className={styles.form} onSubmit={send} aria-label={t('yours')}>
      <fieldset className={styles.choice}>
        <legend className={styles.quiet}>{t('yours')}</legend>
        <Rate
          value={stars}
          allowClear={false}
          onChange={setStars}
          tooltips={[1, 2, 3, 4, 5].map((count) => t('stars', { count }))}
        />
      </fieldset>
      {stars > 0 && (
        <>
          <Input.TextArea
            value={comment}
            maxLength={2000}
            autoSize={{ minRows: 2, maxRows: 6 }}
            placeholder={t('comment')}
            aria-label={t('comment')}
            onChange={(event) => setComment(event.target.value)}
          />
          <div className={styles.buttons}>
            <Button type="primary" htmlType="submit" loading={rate.isPending}>
              {mine ? t('update') : t('submit')}
            </Button>
            {mine && (
              <Button
                loading={unrate.isPending}
                onClick={() => unrate.mutate(undefined, { onSuccess: () => say(t('removed')) })}
              >
                {t('remove')}
              </Button>
            )}
          </div>
        </>
      )}
      {problem && <p role="alert">{problem.message}</p>}
    </form>
  );
}
