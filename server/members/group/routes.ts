import { handle, type Route } from '../../http/index.ts';
import * as contract from './contract.ts';
import { editGroup, getGroup } from './service.ts';

export const groupRoutes: Route[] = [
  handle(contract.getGroup, getGroup),
  handle(contract.editGroup, ({ member, body, ifMatch }) => editGroup(member, body.name, ifMatch)),
];
