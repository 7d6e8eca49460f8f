import { Select } from 'antd';
import { useTexts } from '../../../i18n/index.ts';
import { peopleTexts } from './i18n.ts';
import type { GroupRole, OrganisationRole } from './queries.ts';

interface Props<Role extends string> {
  label: string;
  roles: readonly Role[];
  value: readonly Role[];
  /** The last one cannot be taken away. */
  atLeastOne?: boolean;
  disabled: boolean;
  onChange: (value: Role[]) => void;
}

/** Roles of somebody, changed in place. */
export function RolesSelect<Role extends OrganisationRole | GroupRole>(props: Props<Role>) {
  const { label, roles, value, atLeastOne = false, disabled, onChange } = props;
  const t = useTexts(peopleTexts);
  const nameOf = (role: OrganisationRole | GroupRole) => t(`role.${role}`);
  if (disabled) return <span>{value.map(nameOf).join(' · ')}</span>;
  return (
    <Select<Role[]>
      mode="multiple"
      variant="filled"
      aria-label={label}
      showSearch={false}
      value={[...value]}
      placeholder="—"
      style={{ width: '100%', minWidth: 180 }}
      options={roles.map((role) => ({ value: role, label: nameOf(role) }))}
      onChange={(next) => {
        if (!atLeastOne || next.length > 0) onChange(roles.filter((role) => next.includes(role)));
      }}
    />
  );
}
