"""The index from build to build: an edit goes into a delta, a full delta is merged, a takedown leaves no old file."""

from __future__ import annotations

import os
import sys
from random import Random

import pytest

from tests.index_files import comparable, contents, living_records, read_manifest, terms_of, texts_of, tree_below
from tests.model_sites import ModelSite, build_model, drop_cache
from zwgk_site.pipeline import searching
from zwgk_site.stages.index import segment
from zwgk_site.stages.index.container import decode_containers
from zwgk_site.stages.publish import open_output, roll_back

HIDDEN = "锟锁锡锢"
COUNT = 90


@pytest.fixture(autouse=True)
def small_segments(monkeypatch):
    monkeypatch.setattr(searching, "MERGE_LEAST", 12)
    monkeypatch.setattr(searching, "SMALL_CHARACTERS", 600)


@pytest.fixture
def site(tmp_path) -> ModelSite:
    site = ModelSite(tmp_path / "site")
    wjj = site.department("wjj", "试验县卫生健康局", 统一社会信用代码="119999000000000273")
    wjj.entry("WJJ-001", "医疗救助")
    for number in range(COUNT):
        wjj.document(f"2026/d{number}", f"第{number}号通知", f"关于第{number}件事的正文。\n")
    site.department("jyj", "试验县教育局").entry("JYJ-001", "招生")
    return site


@pytest.fixture
def output(tmp_path):
    return tmp_path / "out/public"


def build(site, output, **more):
    site.write()
    built = build_model(site, output, jobs=1, **more)
    assert built.value is not None, built.findings
    return built.value


def segments(output):
    return read_manifest(tree_below(output)).segments


def edit(site, number, text):
    site.departments["wjj"].documents[f"2026/d{number}"].text = f"{text}\n"


def clean(site, tmp_path):
    """The records of a build from nothing."""
    build(site, tmp_path / "clean/public")
    return living_records(tree_below(tmp_path / "clean/public"))


def test_one_edit_makes_one_small_file_and_leaves_the_base(site, output):
    build(site, output)
    (base,) = segments(output)
    edit(site, 5, "修改后的正文。")
    assert build(site, output).written <= 8
    first, delta = segments(output)
    assert (first.id, len(first.dead), delta.documents, delta.single) == (base.id, 1, 1, True)
    assert read_manifest(tree_below(output)).documents == COUNT + 2


@pytest.fixture
def beside(monkeypatch):
    """As in a fresh process, which has not imported NumPy yet; the processes that were begun."""
    if sys.platform != "linux":
        pytest.skip("elsewhere no process is forked")
    monkeypatch.setattr(searching, "_HEAVY", "nothing that is imported")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1})
    begun = []
    fork = os.fork
    monkeypatch.setattr(os, "fork", lambda: begun.append(fork()) or begun[-1])
    return begun


def test_a_second_process_makes_the_same_index(site, output, tmp_path, beside):
    for step in range(5):
        edit(site, 20 * step % COUNT, f"第{step}次修改。" * 30 * step)
        build(site, tmp_path / "alone/public")
        assert not beside
        site.write()
        assert build_model(site, output, jobs=2).value.written
        assert tree_below(output) == tree_below(tmp_path / "alone/public")
        with pytest.raises(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)
        assert len(beside) == (step > 0)
        beside.clear()


@pytest.mark.parametrize("fault", ["dies", "fails"])
def test_a_second_process_that_comes_to_nothing_is_made_up_for(site, output, tmp_path, beside, monkeypatch, fault):
    here, update = os.getpid(), searching.SearchIndex._bring_up_to_date

    def spoilt(index, changes):
        if os.getpid() != here:
            if fault == "dies":
                os._exit(9)
            raise OSError(28, "the disk is full")
        update(index, changes)

    monkeypatch.setattr(searching.SearchIndex, "_bring_up_to_date", spoilt)
    build(site, output)
    edit(site, 5, "修改后的正文。")
    site.write()
    assert build_model(site, output, jobs=2).value.written
    assert len(beside) == 1
    assert living_records(tree_below(output)) == clean(site, tmp_path)


def test_a_build_that_fails_ends_its_second_process(site, output, beside, monkeypatch):
    build(site, output)
    edit(site, 5, "修改后的正文。")
    site.write()

    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("zwgk_site.pipeline.assembly.Assembly.make_departments", broken)
    with pytest.raises(ZeroDivisionError):
        build_model(site, output, jobs=2)
    (process,) = beside
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_new_and_a_removed_document_are_found_and_not_found(site, output, tmp_path):
    build(site, output)
    site.departments["wjj"].document("2026/neu", "全新的公告", "崭新的正文。\n")
    site.departments["wjj"].entries[0]["公开内容"] = ["别的内容"]
    build(site, output)
    assert living_records(tree_below(output)) == clean(site, tmp_path)


def test_edits_over_merges_equal_a_clean_build(site, output, tmp_path):
    dice = Random(7)
    build(site, output)
    base = segments(output)[0].id
    shapes = set()
    for step in range(26):
        edit(site, dice.randrange(COUNT), f"第{step}次修改。" * dice.randrange(1, 30))
        build(site, output)
        found = segments(output)
        shapes.add(tuple(item.single for item in found))
        assert len(found) <= 3
        folders = {path.name for path in (output / "search").iterdir() if path.is_dir()}
        assert folders == {item.id for item in found}
    assert shapes >= {(False, True), (False, False, True), (False,)}
    assert segments(output)[0].id != base
    assert living_records(tree_below(output)) == clean(site, tmp_path)


def test_compact_leaves_one_segment_equal_to_that_of_a_clean_build(site, output, tmp_path):
    build(site, output)
    edit(site, 3, "改过。")
    build(site, output)
    assert len(segments(output)) == 2
    build(site, output, compact=True)
    build(site, tmp_path / "clean/public")
    ours, theirs = (tree_below(folder) for folder in (output, tmp_path / "clean/public"))
    assert {url: data for url, data in ours.items() if url.startswith("search/")} == {
        url: data for url, data in theirs.items() if url.startswith("search/")
    }
    assert build(site, output, compact=True).written == 0


def whole_index(output):
    """All text and all terms of every segment that lies in the output."""
    tree = tree_below(output)
    found = ""
    for folder in (output / "search").iterdir():
        if folder.is_dir():
            files = contents(tree, folder.name)
            found += "\n".join((*terms_of(files), *texts_of(files)))
    return found


@pytest.mark.parametrize("edited", [False, True])
@pytest.mark.parametrize("act", ["withdraw", "redact", "close"])
def test_a_takedown_leaves_nothing_in_any_segment(site, output, act, edited):
    site.departments["wjj"].documents["2026/d8"].text = f"这里有{HIDDEN}四个字。\n"
    build(site, output)
    assert HIDDEN in whole_index(output)
    if edited:  # then the old text lies dead in the base
        edit(site, 8, f"{HIDDEN}，改过一次。")
        build(site, output)
        assert segments(output)[0].dead
    document = site.departments["wjj"].documents["2026/d8"]
    if act == "withdraw":
        document.fields["撤回"] = {"日期": "2026-11-20", "理由": "发布有误"}
    elif act == "close":
        document.fields["公开方式"] = "依申请公开"
    else:
        document.text = f"这里有{{不公开:个人隐私|{HIDDEN}}}。\n"
        document.fields["公开程度"] = "删减后公开"
    build(site, output)
    found = whole_index(output)
    assert HIDDEN not in found
    assert not any(HIDDEN[at : at + 2] in found for at in range(3))


def test_an_ordinary_edit_leaves_the_old_text_dead_and_unfound(site, output):
    site.departments["wjj"].documents["2026/d8"].text = f"{HIDDEN}。\n"
    build(site, output)
    edit(site, 8, "没有了。")
    build(site, output)
    assert not any(HIDDEN in record.body for record in living_records(tree_below(output)))


@pytest.mark.parametrize("lose", ["cache", "ids", "delta", "rollback"])
def test_whatever_is_lost_the_index_is_whole_again(site, output, tmp_path, lose):
    build(site, output)
    edit(site, 2, "改过一次。")
    build(site, output)
    edit(site, 4, "又改一处。")
    cache = output.parent / ".public.zwgk/cache"
    if lose == "cache":
        drop_cache(output)
    elif lose == "rollback":
        with open_output(output) as folder:
            roll_back(folder)
    else:
        for path in (cache / "index").glob("*.ids" if lose == "ids" else "*.records"):
            path.unlink()
    build(site, output)
    assert living_records(tree_below(output)) == clean(site, tmp_path)


def test_a_department_that_goes_leaves_the_index(site, output):
    build(site, output)
    assert any(record.url.startswith("jyj/") for record in living_records(tree_below(output)))
    site.departments["jyj"].removals.append({"编号": "JYJ-001", "日期": "2026-11-01", "理由": "职能划转"})
    site.departments["jyj"].entries.clear()
    build(site, output)
    assert not any(record.url.startswith("jyj/") for record in living_records(tree_below(output)))


def test_packs_hold_every_file_of_their_segment(site, output, monkeypatch):
    monkeypatch.setattr(searching, "_PACK_BYTES", 1_500)
    site.settings["离线保存"] = "是"
    build(site, output)
    (base,) = segments(output)
    tree = tree_below(output / "search")
    packs = [tree[f"{base.id}/k/0/{number}.js"] for number in range(base.packs)]
    assert base.packs > 1
    files = [data for url, data in sorted(tree.items()) if url.startswith(f"{base.id}/") and "/k/" not in url]
    assert b"".join(packs) == b"".join(files)
    site.settings["离线保存"] = "否"
    build(site, output)
    assert segments(output)[0].packs == 0


def test_many_batches_and_workers_give_the_same_bytes(site, tmp_path, monkeypatch):
    monkeypatch.setattr(segment, "BATCH", 16)
    monkeypatch.setattr(segment, "RANGE", 700)
    monkeypatch.setattr(segment, "SMALL", 100)
    from zwgk_site.pipeline import build as pipeline_build

    monkeypatch.setattr(pipeline_build, "FORK_BYTES", 0)
    trees = []
    for jobs in (1, 3):
        site.write()
        assert build_model(site, tmp_path / f"{jobs}/public", jobs=jobs).value
        trees.append(tree_below(tmp_path / f"{jobs}/public"))
    assert trees[0] == trees[1]
    assert len(living_records(trees[0])) == COUNT + 2
    monkeypatch.undo()
    site.write()
    build_model(site, tmp_path / "whole/public", jobs=1)
    whole = tree_below(tmp_path / "whole/public")
    assert comparable(whole) == comparable(trees[0])


def test_synonyms_of_the_site_join_the_packaged_ones(site, output):
    site.write()
    (site.root / "synonyms.yaml").write_text(
        "- [城南所, 城南便民服务站]\n- [低保, 困难补助]\n- [单]\n", encoding="utf-8"
    )
    built = build_model(site, output, jobs=1)
    assert [(item.code, item.span.line) for item in built.findings if item.code == "ZW169"] == [("ZW169", 3)]
    name = read_manifest(tree_below(output)).tables["synonyms"]
    table = decode_containers((output / f"search/{name}.js").read_bytes())[name].decode()
    assert '["城南所","城南便民服务站"]' in table
    assert '"低保","最低生活保障","困难补助"' in table
    (site.root / "synonyms.yaml").unlink()
    build_model(site, output, jobs=1)
    assert read_manifest(tree_below(output)).tables["synonyms"] != name


# --- what must be gone is gone, whatever happened before -----------------------------------------------------------------


def hide(site, output, number=8):
    """A first release in which a document says what must be gone later."""
    site.departments["wjj"].documents[f"2026/d{number}"].text = f"这里有{HIDDEN}四个字。\n"
    build(site, output)


def withdraw(site, number=8):
    document = site.departments["wjj"].documents[f"2026/d{number}"]
    document.fields["撤回"] = {"日期": "2026-11-20", "理由": "发布有误"}


def holders(folder):
    """Files below a folder that hold the hidden words, containers opened."""
    found = []
    for path in sorted(folder.rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        opened = decode_containers(data).values() if data[:3] == b'S("' else (data,)
        if any(HIDDEN.encode(code) in content for content in opened for code in ("utf-8", "gb18030")):
            found.append(path.relative_to(folder).as_posix())
    return found


def test_a_document_that_moved_before_it_was_withdrawn(site, output):
    hide(site, output)
    site.departments["wjj"].documents["2026/d8"].fields["索引号"] = "119999000000000273/2026-09777"
    build(site, output)
    assert segments(output)[0].dead
    withdraw(site)
    build(site, output)
    assert holders(output / "search") == []


def test_packs_that_were_switched_off(site, output):
    site.settings["离线保存"] = "是"
    hide(site, output)
    site.settings["离线保存"] = "否"
    build(site, output)
    assert not list((output / "search").rglob("k/*"))
    withdraw(site)
    build(site, output)
    assert holders(output / "search") == []


@pytest.mark.parametrize("lost", ["cache/departments/wjj.indexed", "manifest and cache/site"])
def test_something_lost_in_the_build_of_the_withdrawal(site, output, lost):
    hide(site, output)
    if "manifest" in lost:
        (output / "data/manifest.json").write_bytes(b"")
    (output.parent / ".public.zwgk" / lost.rpartition(" ")[2]).unlink()
    withdraw(site)
    build(site, output)
    assert holders(output / "search") == []


def test_a_delta_that_became_the_base(tmp_path, output):
    site = ModelSite(tmp_path / "tiny")
    wjj = site.department("wjj", "试验县卫生健康局", 统一社会信用代码="119999000000000273")
    wjj.entry("WJJ-001", "医疗救助")
    wjj.document("2026/d8", "第八号通知")
    hide(site, output)
    wjj.entries[0]["公开内容"] = ["别的"]
    wjj.documents["2026/d8"].text = f"{HIDDEN}，改过。\n"
    build(site, output)
    build(site, output, compact=True)
    withdraw(site)
    build(site, output)
    assert holders(output / "search") == []


def test_the_state_folder_keeps_no_text_of_what_was_withdrawn(site, output, monkeypatch):
    monkeypatch.setattr(segment, "BATCH", 16)
    hide(site, output)
    withdraw(site)
    build(site, output)
    kept = holders(output.parent / ".public.zwgk")
    assert [name for name in kept if ".load-" not in name] == []  # that is what today's files say
    assert not (output.parent / ".public.zwgk/cache/index-work").exists()


# --- nothing is lost ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fresh", ["packs", "cache"])
def test_a_department_that_could_not_be_made_is_found_once_it_can(site, output, fresh):
    build(site, output)
    ledger = output / "data/urls/jyj.json"
    sound = ledger.read_bytes()
    ledger.write_bytes(b"broken")
    if fresh == "packs":
        site.settings["离线保存"] = "是"
    else:
        (output.parent / ".public.zwgk/cache/site").unlink()
    site.write()
    build_model(site, output, jobs=1)
    ledger.write_bytes(sound)
    edit(site, 1, "别的部门改了一处，于是有事可做。")
    build(site, output)
    assert any(record.url.startswith("jyj/") for record in living_records(tree_below(output)))


def test_a_spoilt_chunk_is_never_read_back(site, output, tmp_path):
    build(site, output)
    edit(site, 3, "改过。")
    build(site, output)
    chunk = next((output / f"search/{segments(output)[0].id}/t").rglob("*.js"))
    chunk.write_bytes(b"")
    build(site, output, compact=True)
    assert living_records(tree_below(output)) == clean(site, tmp_path)
