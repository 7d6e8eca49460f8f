import { Alert, Button, Form, Input, Select } from 'antd';
import { flushSync } from 'react-dom';
import { organisationKinds } from '../../../server/members/contract.ts';
import { ProblemError } from '../../api/problem-error.ts';
import { useTexts } from '../../i18n/index.ts';
import { organisationTexts } from './organisations/i18n.ts';
import type { useSetUp } from './queries.ts';
import { begun, keepBegun, type SetUpValues } from './set-up-begun.ts';
import styles from './set-up-form.module.css';
import { setUpTexts } from './set-up-texts.ts';

/** Which fields a step asks for. */
const fields = [
  ['groupName'],
  ['organisationName', 'organisationKind'],
  ['name', 'email', 'password'],
] as const satisfies (keyof SetUpValues)[][];

interface Props {
  token: string;
  step: number;
  onStep: (step: number) => void;
  setUp: ReturnType<typeof useSetUp>;
}

/** One question a step; nothing typed is lost by going back, by a reload, or when the server refuses it. */
export function SetUpForm({ token, step, onStep, setUp }: Props) {
  const t = useTexts(setUpTexts);
  const organisations = useTexts(organisationTexts);
  const [form] = Form.useForm<SetUpValues>();
  const last = fields.length - 1;
  const needed = [{ required: true, whitespace: true, message: t('needed') }];

  /** What the step asks for is there: of the other steps' fields the form keeps the values alone. */
  function goOn() {
    if (step < last) return onStep(step + 1);
    setUp.mutate({ token, ...(form.getFieldsValue(true) as SetUpValues) }, { onError: showAtFields });
  }

  function keepValues() {
    const { password, ...values } = form.getFieldsValue(true) as SetUpValues;
    keepBegun({ values });
  }

  /** A field of an earlier step that the server refuses is worth going back to. */
  function showAtFields(error: Error) {
    const wrong = atFields(error);
    const place = fields.findIndex((names) => names.some((name) => name in wrong));
    if (place >= 0) flushSync(() => onStep(place)); // a field must be there to take an error
    form.setFields(
      Object.entries(wrong).map(([name, text]) => ({ name: name as keyof SetUpValues, errors: [text] })),
    );
  }

  return (
    <Form
      form={form}
      initialValues={{ organisationKind: 'college', ...begun().values }}
      onValuesChange={keepValues}
      layout="vertical"
      requiredMark={false}
      size="large"
      noValidate
      onFinish={goOn}
    >
      {step === 0 && (
        <div className={styles.step}>
          <h3>{t('group.question')}</h3>
          <Form.Item name="groupName" label={t('group.name')} extra={t('group.hint')} rules={needed}>
            <Input maxLength={80} autoFocus />
          </Form.Item>
        </div>
      )}
      {step === 1 && (
        <div className={styles.step}>
          <h3>{t('organisation.question')}</h3>
          <Form.Item
            name="organisationName"
            label={t('organisation.name')}
            extra={t('organisation.hint')}
            rules={[{ required: true, transform: trimmed, min: 2, message: organisations('name.needed') }]}
          >
            <Input maxLength={80} autoComplete="organization" autoFocus />
          </Form.Item>
          <Form.Item name="organisationKind" label={t('organisation.kind')}>
            <Select
              options={organisationKinds.map((value) => ({ value, label: organisations(`kind.${value}`) }))}
            />
          </Form.Item>
        </div>
      )}
      {step === 2 && (
        <div className={styles.step}>
          <h3>{t('person.question')}</h3>
          <p className={styles.hint}>{t('person.hint')}</p>
          <Form.Item name="name" label={t('person.name')} rules={needed}>
            <Input maxLength={60} autoComplete="name" autoFocus />
          </Form.Item>
          <Form.Item
            name="email"
            label={t('email')}
            rules={[{ required: true, type: 'email', message: t('needed.email') }]}
          >
            <Input type="email" autoComplete="username" />
          </Form.Item>
          <Form.Item name="password" label={t('password')} extra={t('password.hint')} rules={needed}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        </div>
      )}
      {setUp.error && Object.keys(atFields(setUp.error)).length === 0 && (
        <Form.Item>
          <Alert type="error" showIcon title={setUp.error.message} />
        </Form.Item>
      )}
      <div className={styles.buttons}>
        {step > 0 && <Button onClick={() => onStep(step - 1)}>{t('back')}</Button>}
        <Button type="primary" htmlType="submit" loading={setUp.isPending}>
          {step < last ? t('next') : t('finish')}
        </Button>
      </div>
    </Form>
  );
}

const trimmed = (text?: string) => text?.trim();

/** What the server says of single fields, by field. */
function atFields(error: Error): Readonly<Record<string, string>> {
  if (!(error instanceof ProblemError)) return {};
  return error.kind === 'members/weak-password' ? { password: error.message } : error.fields;
}
