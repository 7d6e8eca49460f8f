import { Input } from 'antd';
import { textbookForms } from '../../../../server/resources/contract.ts';
import { ChoiceCards } from '../../../components/choice-cards.tsx';
import { Field } from '../../../components/field.tsx';
import { useTexts } from '../../../i18n/index.ts';
import type { Description } from './description.ts';
import { draftTexts } from './i18n.ts';
import { type PartProps, tidy } from './part.ts';

export function TextbookPart({ values, set, disabled, errors }: PartProps) {
  const t = useTexts(draftTexts);
  const part = values.textbook ?? {};
  const change = (more: Partial<NonNullable<Description['textbook']>>) =>
    set('textbook', tidy({ ...part, ...more }) ?? {});
  const line = (name: 'edition' | 'press' | 'isbn', longest: number, hint?: string) => (
    <Field label={t(`part.${name}`)} hint={hint} error={errors[`textbook.${name}`]}>
      {(ids) => (
        <Input
          {...ids}
          maxLength={longest}
          disabled={disabled}
          value={part[name] ?? ''}
          onChange={({ target }) => change({ [name]: target.value })}
        />
      )}
    </Field>
  );
  return (
    <>
      <Field label={t('part.form')}>
        {(ids) => (
          <ChoiceCards
            {...ids}
            look="chips"
            choices={textbookForms.map((value) => ({ value, label: t(`part.form.${value}`) }))}
            value={part.form}
            disabled={disabled}
            onChange={(form) => change({ form })}
          />
        )}
      </Field>
      {line('edition', 40)}
      {line('press', 120)}
      {line('isbn', 30, t('part.isbn.hint'))}
    </>
  );
}
