import { Input, InputNumber } from 'antd';
import { Field } from '../../../components/field.tsx';
import { useTexts } from '../../../i18n/index.ts';
import type { Description } from './description.ts';
import { draftTexts } from './i18n.ts';
import { type PartProps, tidy } from './part.ts';

const aims = ['knowledge', 'skill', 'attitude'] as const;

export function CoursewarePart({ values, set, disabled, errors }: PartProps) {
  const t = useTexts(draftTexts);
  const part = values.courseware ?? {};
  const change = (more: Partial<NonNullable<Description['courseware']>>) =>
    set('courseware', tidy({ ...part, ...more }) ?? {});
  return (
    <>
      <Field label={t('part.minutes')} error={errors['courseware.minutes']}>
        {(ids) => (
          <InputNumber
            {...ids}
            min={1}
            max={100_000}
            precision={0}
            disabled={disabled}
            value={part.minutes ?? null}
            onChange={(minutes) => change({ minutes: minutes ?? undefined })}
          />
        )}
      </Field>
      {aims.map((aim) => (
        <Field
          key={aim}
          label={`${t('part.aims')} · ${t(`part.aims.${aim}`)}`}
          error={errors[`courseware.aims.${aim}`]}
        >
          {(ids) => (
            <Input.TextArea
              {...ids}
              autoSize={{ minRows: 2, maxRows: 8 }}
              maxLength={2000}
              disabled={disabled}
              value={part.aims?.[aim] ?? ''}
              onChange={({ target }) => change({ aims: tidy({ ...part.aims, [aim]: target.value }) })}
            />
          )}
        </Field>
      ))}
      <Field label={t('part.prerequisites')} error={errors['courseware.prerequisites']}>
        {(ids) => (
          <Input.TextArea
            {...ids}
            autoSize={{ minRows: 1, maxRows: 6 }}
            maxLength={2000}
            disabled={disabled}
            value={part.prerequisites ?? ''}
            onChange={({ target }) => change({ prerequisites: target.value })}
          />
        )}
      </Field>
      <Field label={t('part.method')} error={errors['courseware.method']}>
        {(ids) => (
          <Input
            {...ids}
            maxLength={500}
            disabled={disabled}
            value={part.method ?? ''}
            onChange={({ target }) => change({ method: target.value })}
          />
        )}
      </Field>
    </>
  );
}
