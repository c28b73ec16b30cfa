"""What an operator puts into `shell/`: taken as it is where it does no harm, left out and told where it does."""

import pytest

from zwgk_site.diagnostics import RULES
from zwgk_site.model.theme import Shell
from zwgk_site.stages.load.shell import load_shell


@pytest.fixture
def shell(tmp_path):
    """A function that writes files into SITE/shell and reads them."""

    def read(files):
        for name, text in files.items():
            path = tmp_path / "shell" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_shell(tmp_path)

    return read


def found(checked):
    return [(item.code, item.span.line) for item in checked.findings]


def test_without_a_folder_there_is_no_shell(tmp_path):
    assert load_shell(tmp_path).value == Shell()
    assert load_shell(tmp_path).findings == ()


def test_structure_classes_and_forms_stay_as_they_are(shell):
    html = (
        '<div class="top" data-x="1"><nav aria-label="导航"><ul><li><a href="/fw/">办事 &amp; 服务</a></li></ul></nav>\n'
        '<form action="/so"><label>搜 <input name="q"></label><button type="submit">搜</button></form><br></div>'
    )
    read = shell({"header.html": html})
    assert read.findings == ()
    assert read.value.header == html


def test_names_lead_to_copies_beside_the_pages_and_root_to_the_column(shell):
    read = shell(
        {"header.html": '<a href="{{root}}index.html"><img src="img/logo.png" alt=""></a>', "img/logo.png": b"x"}
    )
    assert read.findings == ()
    deep = read.value.at("../../")
    assert deep.header == '<a href="../../index.html"><img src="../../assets/shell/img/logo.png" alt=""></a>'
    assert read.value.assets == (("shell/img/logo.png", b"x"),)


def test_styles_are_linked_scripts_are_files_that_run_later(shell):
    read = shell({
        "header.html": '<p>门户</p><script src="menu.js"></script><script src="menu.js" defer></script>',
        "portal.css": ".a{}",
        "menu.js": "",
    })  # fmt: skip
    assert read.findings == ()
    assert read.value.styles == ("shell/portal.css",)
    assert read.value.header.count('<script src="{{ root }}assets/shell/menu.js" defer></script>') == 2


@pytest.mark.parametrize(
    ("html", "left", "code"),
    [
        ("<p>甲</p>\n<script>alert('</p>')</script>", "<p>甲</p>", "ZW515"),
        ("<p>甲</p>\n<style>p{color:red}</style>", "<p>甲</p>", "ZW515"),
        ('<p>甲</p>\n<p onclick="go()">乙</p>', "<p>甲</p>\n<p>乙</p>", "ZW515"),
        ('<p>甲</p>\n<p style="color:red">乙</p>', "<p>甲</p>\n<p>乙</p>", "ZW515"),
        ('<p>甲</p>\n<img src="https://cdn.example/x.png">', "<p>甲</p>", "ZW514"),
        ('<p>甲</p>\n<script src="//cdn.example/x.js"></script>', "<p>甲</p>", "ZW514"),
        ('<p>甲</p>\n<link rel="stylesheet" href="https://cdn.example/x.css">', "<p>甲</p>", "ZW514"),
        ('<p>甲</p>\n<iframe src="x.html"><b>乙</b></iframe>', "<p>甲</p>", "ZW517"),
        ('<p>甲</p>\n<meta http-equiv="refresh" content="0">', "<p>甲</p>", "ZW517"),
        ("<p>甲</p>\n<h1>乙</h1>", "<p>甲</p>\n<div>乙</div>", "ZW517"),
        ('<p>甲</p>\n<p id="main">乙</p>', "<p>甲</p>\n<p>乙</p>", "ZW517"),
        ('<p>甲</p>\n<a href=" java&#10;script:go()">乙</a>', "<p>甲</p>\n<a>乙</a>", "ZW517"),
        ("<p>甲</p>\n<div><b>乙</b>", "<p>甲</p>\n<div><b>乙</b></div>", "ZW516"),
        ("<p>甲</p>\n乙</div>", "<p>甲</p>\n乙", "ZW516"),
    ],
)
def test_what_would_break_a_page_is_left_out_and_told_where_it_stands(shell, html, left, code):
    read = shell({"header.html": html})
    assert read.value.header == left
    assert found(read) == [(code, 2)]


def test_a_file_that_is_not_there_is_told(shell):
    read = shell({"footer.html": '<img src="badge.png" alt="党政机关">'})
    assert found(read) == [("ZW513", 1)]
    assert "badge.png" in read.findings[0].message()


def test_styles_that_fetch_from_elsewhere_are_told(shell):
    css = ".a { color: red; }\n.b { background: url('https://cdn.example/x.png'); }\n.c { background: url(x.png); }"
    read = shell({"header.html": "<p>门户</p>", "portal.css": css})
    assert found(read) == [("ZW514", 2)]


def test_a_folder_without_a_part_and_files_of_other_kinds_are_told(shell):
    read = shell({"notes.docx": b"x", "portal.css": ""})
    assert sorted(found(read)) == [("ZW518", 0), ("ZW519", 0)]
    assert read.value.header == read.value.footer == ""


def test_whatever_stands_in_it_the_page_around_it_stays_whole(shell):
    for text in (
        "<!-- open",
        "<div",
        "</",
        "<a href='x",
        "<![CDATA[x",
        "<?php echo 1 ?>",
        "\0<p>",
        "<textarea>甲",
        "<p/><div/>",
    ):
        read = shell({"header.html": text})
        assert read.value.header.count("<!--") == 0
        assert all(item.code in RULES for item in read.findings)
