import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { listResources } from '../../../server/resources/contract.ts';
import { call } from '../../api/call.ts';
import { resourceQuery } from '../../features/resources/queries.ts';
import { labelTexts } from '../../features/viewers/labels/i18n.ts';
import { useTexts } from '../../i18n/index.ts';

interface Props {
  id: string;
  /** Identifier of the chosen resource. */
  value: string | undefined;
  /** One that is not offered: that which this is about. */
  except: string;
  onChange: (id: string | undefined) => void;
}

/** Another resource, found by a part of its title. */
export function ResourceSelect({ id, value, except, onChange, ...aria }: Props) {
  const t = useTexts(labelTexts);
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const { data: found = [] } = useQuery({
    queryKey: ['resources', 'by-title', q],
    queryFn: async ({ signal }) =>
      (await call(listResources, { query: { q, limit: 10 } }, signal)).items.map((one) => ({
        value: one.id,
        label: one.title,
      })),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
  const { data: chosen } = useQuery({ ...resourceQuery(value ?? ''), enabled: value !== undefined });
  const own = value === undefined ? [] : [{ value, label: chosen?.title ?? value }];
  const options = [...own, ...found.filter((one) => one.value !== value && one.value !== except)];
  return (
    <Select
      {...aria}
      id={id}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      allowClear
      placeholder={t('edit.link.find')}
      notFoundContent={null}
      value={value}
      options={q === '' ? own : options}
      onChange={(chosenId) => onChange(chosenId)}
    />
  );
}
