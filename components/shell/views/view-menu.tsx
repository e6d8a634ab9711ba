"use client";

import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconBookmark, IconChevronDown, IconDeviceFloppy, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { failureWords } from "@/components/ui/failure-words.ts";
import { sendJson } from "@/components/ui/fetch-json.ts";
import { useText } from "@/components/ui/preferences.tsx";
import { SavedView } from "@/server/contracts/saved-view.ts";
import { KeepView } from "./keep-view.tsx";
import { type ViewPage, viewQueryOf, viewsQuery } from "./view-queries.ts";

/** The kept views of a page: open one, keep what is shown, remove one's own with a way back. */
export function ViewMenu({ page }: { page: ViewPage }) {
  const text = useText();
  const { views } = text.work;
  const router = useRouter();
  const query = useQuery(viewsQuery(page));
  const kept = query.data?.items ?? [];
  const shown = viewQueryOf(useSearchParams().toString());
  const current = kept.find((view) => viewQueryOf(view.query) === shown);
  const [isKeeping, setKeeping] = useState(false);
  const removal = useRemoval(page);
  const open = (search: string) => router.push(`/${page}${search && `?${search}`}`);
  const own = kept.filter(({ isOwn }) => isOwn);
  const others = kept.filter(({ isOwn }) => !isOwn);
  return (
    <>
      <Menu position="bottom-start" width={300}>
        <Menu.Target>
          <Button
            className="view-button"
            leftSection={<IconBookmark size={14} aria-hidden="true" />}
            rightSection={<IconChevronDown size={14} aria-hidden="true" />}
            aria-label={views.label(current?.name ?? views.usual)}
          >
            <span className="clip">{current?.name ?? views.usual}</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => open("")}>{views.usual}</Menu.Item>
          {query.isError && <Menu.Label>{views.failed}</Menu.Label>}
          {query.isSuccess && kept.length === 0 && <Menu.Label>{views.none}</Menu.Label>}
          {own.length > 0 && <Menu.Label>{views.own}</Menu.Label>}
          {own.map((view) => (
            <Menu.Item key={view.id} onClick={() => open(view.query)}>
              {view.name}
            </Menu.Item>
          ))}
          {others.length > 0 && <Menu.Label>{views.shared}</Menu.Label>}
          {others.map((view) => (
            <Menu.Item key={view.id} onClick={() => open(view.query)}>
              {view.name} <span className="faint">{view.owner && views.by(view.owner)}</span>
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconDeviceFloppy size={14} aria-hidden="true" />} onClick={() => setKeeping(true)}>
            {views.save}
          </Menu.Item>
          {current?.isOwn && (
            <Menu.Item leftSection={<IconTrash size={14} aria-hidden="true" />} onClick={() => removal(current)}>
              {views.remove(current.name)}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <KeepView page={page} query={shown} opened={isKeeping} onClose={() => setKeeping(false)} />
    </>
  );
}

/** Removes a view at once; the toast brings it back. */
function useRemoval(page: ViewPage) {
  const text = useText();
  const { views } = text.work;
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ["views", page] });
  const failed = (error: Error) =>
    notifications.show({ message: failureWords(error, text), color: "red", role: "alert" });
  return async ({ id, name, query, isShared }: SavedView) => {
    const bringBack = async () => {
      notifications.hide(id);
      const body = { page, name, query, isShared };
      await sendJson("/api/v1/views", { method: "POST", body }, SavedView).then(refresh, failed);
    };
    try {
      await sendJson(`/api/v1/views/${id}`, { method: "DELETE" }, SavedView);
      await refresh();
      notifications.show({
        id,
        role: "status",
        message: (
          <span className="between">
            {views.removed(name)}
            <button type="button" className="link" onClick={bringBack}>
              {views.undo}
            </button>
          </span>
        ),
      });
    } catch (error) {
      failed(error as Error);
    }
  };
}
