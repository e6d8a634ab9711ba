"use client";

import { Button, TextInput } from "@mantine/core";
import { IconFileText, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { ListStates } from "@/components/admin/settings/list-states.tsx";
import { useShortcut } from "@/components/shell/shortcuts-provider.tsx";
import { Blank } from "@/components/ui/blank.tsx";
import { Facts } from "@/components/ui/facts.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { Contract } from "@/server/contracts/contract.ts";
import { contractsQuery } from "./data-queries.ts";
import { PickList } from "./pick-list.tsx";
import type { ChangeView, DataPageView } from "./use-data-view.ts";

type ContractsPaneProps = { view: DataPageView; onChange: ChangeView };

/** What the tower reads of each source: the same definition that holds records, told field by field. */
export function ContractsPane({ view, onChange }: ContractsPaneProps) {
  const { text, formats } = usePreferences();
  const { contracts: words } = text.data;
  const query = useQuery(contractsQuery());
  const found = (query.data ?? []).filter((contract) => matches(contract, view.find));
  const chosen = query.data?.find(({ name }) => name === view.contract);
  useShortcut("search", () => document.getElementById("contract-search")?.focus());
  useShortcut("close", () => onChange({ contract: "", find: "" }));
  return (
    <div className="data-columns" data-detail={chosen ? true : undefined}>
      <section className="panel data-side" aria-label={words.label}>
        <div className="data-search">
          <TextInput
            id="contract-search"
            aria-label={words.search}
            placeholder={words.search}
            leftSection={<IconSearch size={14} aria-hidden="true" />}
            value={view.find}
            onChange={(event) => onChange({ find: event.currentTarget.value })}
          />
        </div>
        <div className="scroll">
          <ListStates query={query}>
            {found.length === 0 ? (
              <Blank icon={<IconSearch size={24} aria-hidden="true" />} title={words.empty} body="">
                <Button onClick={() => onChange({ find: "" })}>{words.clear}</Button>
              </Blank>
            ) : (
              <PickList
                label={words.label}
                items={found.map(({ name, title, fields }) => ({
                  id: name,
                  title,
                  aside: words.fields(formats.number(fields.length)),
                  line: <span className="mono">{name}</span>,
                }))}
                chosenId={view.contract}
                onChoose={(contract) => onChange({ contract })}
              />
            )}
          </ListStates>
        </div>
      </section>
      <section className="panel data-main" aria-label={chosen?.title ?? words.choose}>
        {chosen ? (
          <ContractDetail contract={chosen} find={view.find} />
        ) : (
          <Blank icon={<IconFileText size={24} aria-hidden="true" />} title={words.choose} body={words.chooseBody} />
        )}
      </section>
    </div>
  );
}

function ContractDetail({ contract, find }: { contract: Contract; find: string }) {
  const { text } = usePreferences();
  const { contracts: words } = text.data;
  const { columns } = words;
  return (
    <>
      <div className="panel-head">
        <h2 className="title clip">{contract.title}</h2>
        <span className="mono faint">{contract.name}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className="scroll" tabIndex={0}>
        <div className="section">
          <p className="data-lead dim">
            {contract.description} {words.others}
          </p>
          <Facts
            rows={[
              [
                words.topic,
                <span key="topic" className="mono">
                  {contract.topic}
                </span>,
              ],
              [words.format, contract.connector],
              [
                words.key,
                <span key="key" className="mono">
                  {contract.key.join(", ") || text.missing}
                </span>,
              ],
            ]}
          />
        </div>
        <table className="table data-table" aria-label={contract.title}>
          <thead>
            <tr>
              <th scope="col">{columns.field}</th>
              <th scope="col">{columns.meaning}</th>
              <th scope="col">{columns.type}</th>
              <th scope="col">{columns.required}</th>
              <th scope="col">{columns.usedFor}</th>
            </tr>
          </thead>
          <tbody>
            {contract.fields.map((field) => (
              <tr
                key={field.path}
                data-found={find !== "" && namesField(field.path, field.meaning, find) ? true : undefined}
              >
                <td className="mono">{field.path.slice(1)}</td>
                <td>{field.meaning}</td>
                <td className="dim">{field.type}</td>
                <td>{field.required ? words.required : ""}</td>
                <td className={field.usedFor ? undefined : "faint"}>{field.usedFor ?? words.unused}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

const namesField = (path: string, meaning: string, find: string): boolean =>
  `${path} ${meaning}`.toLowerCase().includes(find.trim().toLowerCase());

function matches({ name, title, fields }: Contract, find: string): boolean {
  const wanted = find.trim().toLowerCase();
  if (wanted === "" || `${name} ${title}`.toLowerCase().includes(wanted)) return true;
  return fields.some(({ path, meaning }) => namesField(path, meaning, wanted));
}
