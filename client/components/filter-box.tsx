import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Filters what stands below it while typing. */
export function FilterBox({ label, value, onChange }: Props) {
  return (
    <Input
      type="search"
      allowClear
      prefix={<SearchOutlined aria-hidden="true" />}
      aria-label={label}
      placeholder={label}
      value={value}
      style={{ flex: '1 1 220px', maxWidth: 360 }}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
