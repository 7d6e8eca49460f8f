import { handle, type Route } from '../../http/index.ts';
import * as contract from './contract.ts';
import { editGroup } from './service.ts';

export const groupRoutes: Route[] = [
  handle(contract.editGroup, ({ member, body }) => editGroup(member, body.name)),
];
