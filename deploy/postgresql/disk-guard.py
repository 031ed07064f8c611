#!/usr/bin/env python3
"""Hands the primary over while its disk is filling up. Runs beside Patroni on every database machine.

PostgreSQL whose disk is full goes on as primary and refuses whatever needs a new page, and Patroni sees nothing wrong with it. So
whoever has less than LEAST_MIB left tells Patroni that it is no candidate (a file of tags in Patroni's folder of settings), and hands
over if it is the primary and the synchronous standby has room. Where a disk fills faster than that, a file of RESERVE_MIB is deleted
once it is full: with that room PostgreSQL goes on and stops in order. With enough left for both again it is a candidate again, and the
reserve is made anew.
"""

import json
import os
import threading
import time
import urllib.error
import urllib.request

PATRONI = os.environ.get("PATRONI", "http://127.0.0.1:8008")
DATA = os.environ.get("DATA", "/var/lib/postgresql/17/main")
TAGS = os.environ.get("TAGS", "/etc/patroni/conf.d/disk.yml")
LEAST_MIB = int(os.environ.get("LEAST_MIB", "2048"))
# On the disk that is watched, outside of PostgreSQL's own folder: initdb and pg_basebackup want that one empty.
RESERVE = os.environ.get("RESERVE", os.path.join(os.path.dirname(DATA), "room-for-handing-over"))
RESERVE_MIB = int(os.environ.get("RESERVE_MIB", "1024"))
# Two files of the write-ahead log: a disk with less is full.
FULL_MIB = 32
EVERY_SECONDS = float(os.environ.get("EVERY_SECONDS", "1"))


def ask(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(PATRONI + path, data=data), timeout=10) as answer:
        return answer.read()


def free_mib():
    disk = os.statvfs(DATA)
    return disk.f_bavail * disk.f_frsize // 2**20


def say(words):
    print(words, flush=True)


def keep_reserve(free):
    if os.path.exists(RESERVE) or free < 2 * LEAST_MIB + RESERVE_MIB:
        return
    unfinished = RESERVE + ".making"
    with open(unfinished, "wb") as file:
        os.posix_fallocate(file.fileno(), 0, RESERVE_MIB * 2**20)
    os.rename(unfinished, RESERVE)


def give_back_reserve():
    free = free_mib()
    if free < FULL_MIB and os.path.exists(RESERVE):
        os.remove(RESERVE)
        say(f"磁盘已满，释放预留的 {RESERVE_MIB} MiB full: {RESERVE_MIB} MiB of reserve given back")


def stand_back(free):
    if os.path.exists(TAGS):
        return
    with open(TAGS, "w") as file:
        file.write("tags:\n  nofailover: true\n  nosync: true\n")
    ask("/reload", {})
    say(f"磁盘只剩 {free} MiB，本机不再作候选 only {free} MiB left: no candidate any more")


def come_back(free):
    os.remove(TAGS)
    ask("/reload", {})
    say(f"磁盘剩余 {free} MiB，恢复候选 {free} MiB left: a candidate again")


def is_primary():
    try:
        ask("/primary")
        return True
    except urllib.error.HTTPError:
        return False


def hand_over():
    members = json.loads(ask("/cluster"))["members"]
    leader = next(each["name"] for each in members if each["role"] == "leader")
    for each in members:
        if each["role"] == "sync_standby" and not each.get("tags", {}).get("nofailover"):
            say(f"主库移交 {each['name']} handing over to {each['name']}")
            ask("/switchover", {"leader": leader, "candidate": each["name"]})
            return
    say("没有可接手的备库：请立即腾出空间 no standby can take over: make room at once (docs/runbooks/disk-full.md)")


def look():
    free = free_mib()
    if free < LEAST_MIB:
        stand_back(free)
    elif free > 2 * LEAST_MIB + RESERVE_MIB and os.path.exists(TAGS):
        come_back(free)
    if os.path.exists(TAGS):
        if is_primary():
            hand_over()
    else:
        keep_reserve(free)


def repeat(work, seconds):
    while True:
        try:
            work()
        except Exception as error:  # Patroni is away or busy: the next look tries again.
            say(f"未能检查 could not look: {error}")
        time.sleep(seconds)


# Beside the rest, which waits for Patroni.
threading.Thread(target=repeat, args=(give_back_reserve, 0.2), daemon=True).start()
repeat(look, EVERY_SECONDS)
