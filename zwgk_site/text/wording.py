"""Wrong forms of words (错别字、不规范用语) and of names of statutes, with the right ones; a site adds its own.

Only facts of language that dictionaries and the texts of statutes bear out; no matter of opinion.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from zwgk_site.model.clues import BANNED, WORDING
from zwgk_site.model.patterns import late
from zwgk_site.text.hit import Hit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwgk_site.model.wording import WordList

Pair = tuple[str, str, str]
"""Wrong, right, reason; plain text, no patterns."""

_SOUND = "同音或近音字写错"
_SHAPE = "字形相近写错"
_MEANING = "词义不同"
_NAME = "名称写错"

PAIRS: tuple[Pair, ...] = (
    ("既使", "即使", _SOUND),
    ("做为", "作为", _MEANING),
    ("防犯", "防范", _SOUND),
    ("修定", "修订", _SOUND),
    ("己经", "已经", _SHAPE),
    ("等侯", "等候", _SHAPE),
    ("反应情况", "反映情况", "向人报告用“反映”"),
    ("反应问题", "反映问题", "向人报告用“反映”"),
    ("截止上月底", "截至上月底", "“截止”指停止，“截至”指到某时为止"),
    ("截止本月底", "截至本月底", "“截止”指停止，“截至”指到某时为止"),
    ("条列", "条例", _SOUND),
    ("按装", "安装", _SOUND),
    ("布署", "部署", _SOUND),
    ("截止目前", "截至目前", "“截止”指停止，“截至”指到某时为止，后面还可能变化"),
    ("截止今年", "截至今年", "“截止”指停止，“截至”指到某时为止"),
    ("座落", "坐落", "动词用“坐”"),
    ("身分证", "身份证", "法律用“身份”"),
    ("政务信息公开条例", "政府信息公开条例", _NAME),
    ("再接再励", "再接再厉", _SOUND),
    ("迫不急待", "迫不及待", _SOUND),
    ("一如继往", "一如既往", _SOUND),
    ("不径而走", "不胫而走", _SOUND),
    ("走头无路", "走投无路", _SOUND),
    ("默守成规", "墨守成规", _SOUND),
    ("墨守陈规", "墨守成规", _SOUND),
    ("因地治宜", "因地制宜", _SOUND),
    ("因地制益", "因地制宜", _SOUND),
    ("统筹兼故", "统筹兼顾", _SOUND),
    ("相辅相承", "相辅相成", _SOUND),
    ("一愁莫展", "一筹莫展", _SOUND),
    ("按步就班", "按部就班", _SOUND),
    ("谈笑风声", "谈笑风生", _SOUND),
    ("名列前矛", "名列前茅", _SOUND),
    ("穿流不息", "川流不息", _SOUND),
    ("甘败下风", "甘拜下风", _SOUND),
    ("竭泽而鱼", "竭泽而渔", _SOUND),
    ("责无旁代", "责无旁贷", _SOUND),
    ("松驰", "松弛", _SHAPE),
    ("震憾", "震撼", _SHAPE),
    ("坐阵", "坐镇", _SOUND),
    ("针贬", "针砭", _SHAPE),
    ("掂污", "玷污", _SHAPE),
    ("侯补", "候补", _SHAPE),
    ("气侯", "气候", _SHAPE),
    ("时侯", "时候", _SHAPE),
    ("侯选", "候选", _SHAPE),
    ("付主任", "副主任", _SOUND),
    ("付局长", "副局长", _SOUND),
    ("付县长", "副县长", _SOUND),
    ("付书记", "副书记", _SOUND),
    ("园满", "圆满", _SOUND),
    ("签定", "签订", _SOUND),
    ("渡假", "度假", "时间用“度”"),
    ("欢渡", "欢度", "时间用“度”"),
    ("年青化", "年轻化", _SOUND),
    ("自已", "自己", _SHAPE),
    ("未尾", "末尾", _SHAPE),
    ("贯策", "贯彻", _SHAPE),
    ("贯撤", "贯彻", _SHAPE),
    ("营业执照付本", "营业执照副本", _SOUND),
    ("防讯", "防汛", _SHAPE),
    ("通迅", "通讯", _SHAPE),
    ("幅射", "辐射", _SHAPE),
    ("复盖", "覆盖", _SOUND),
    ("覆行", "履行", _SHAPE),
    ("覆历", "履历", _SHAPE),
    ("沉缅", "沉湎", _SHAPE),
    ("缈小", "渺小", _SHAPE),
    ("寒喧", "寒暄", _SHAPE),
    ("粗旷", "粗犷", _SHAPE),
    ("精萃", "精粹", _SHAPE),
    ("脉博", "脉搏", _SHAPE),
    ("蜇伏", "蛰伏", _SHAPE),
    ("膺品", "赝品", _SHAPE),
    ("招聘启示", "招聘启事", "公开说明事情的短文用“启事”"),
    ("法人代表人", "法定代表人", _NAME),
    ("华人共和国", "华人民共和国", _NAME),
    ("民共国", "民共和国", _NAME),
    ("政俯", "政府", _SHAPE),
)  # fmt: skip

_CONTEXTS = {
    form: late(pattern)
    for form, pattern in {
        "条列": "(?<=[理行施法开例护监])条列(?!举|出|明|入|为|表|示|的)",
        "既使": "既使(?!用|得|命)",
        "做为": "(?<![当叫看称视比变换算事要去])做为(?!民|人|官|何|了)",
        "防犯": "防犯(?!罪|事|人|病)",
        "修定": "修定(?!稿)",
        "己经": "(?<![自知克律利舍异])己经(?!营|济|手|费|受)",
        "等侯": "等侯(?!爵|门|府)",
        "反应情况": "(?<![化药不良热学])反应情况(?!良好|正常)",
        "防讯": "防讯(?!问|息)",
        "自已": "(?<![来独亲])自已(?![经有发公批取])",
        "复盖": "(?<!重)(?<!修)(?<!恢)复盖(?!章|印)",
        "园满": "(?<![公校家花庭菜果茶田乐游林])园满",
        "签定": "(?<!标)签定",
        "时侯": "时侯(?!爵|景|门)",
        "按装": "(?<!再)按装(?!机|卸|配|修|载|备|置)",
        "通迅": "通迅(?!速)",
        "不径而走": "不径而走",
    }.items()
}
"""Where a wrong form may also be made by two words that meet: the pattern that leaves those out."""


class Wording:
    """A list of wrong forms and of banned words, ready to be looked for (用语表)."""

    def __init__(self, pairs: Iterable[Pair] = PAIRS, banned: Iterable[tuple[str, str]] = ()) -> None:
        """Later pairs win over earlier ones; one without a wrong form, or equal to the right one, is left out."""
        self._pairs = {wrong: (right, reason) for wrong, right, reason in pairs if wrong and wrong != right}
        self._banned = {word: reason for word, reason in banned if word}
        self._wrong, self._never = _any_of(self._pairs), _any_of(self._banned)

    def find(self, text: str) -> Iterator[Hit]:
        """The wrong forms in a text, unless they stand inside the right one (县发改局 for 发改局); banned words anyhow."""
        for found in self._never.finditer(text) if self._never else ():
            yield Hit(BANNED, f"{found[0]}\n{self._banned[found[0]]}", found.start(), found.end())
        for found in self._wrong.finditer(text) if self._wrong else ():
            word, start, end = found[0], found.start(), found.end()
            right, reason = self._pairs[word]
            context = _CONTEXTS.get(word)
            if context is not None and not context.match(text, start):
                continue
            if not _stands_in(text, start, word, right):
                yield Hit(WORDING, f"{word}→{right}\n{reason}", start, end)


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """The longest word first, where one begins as another does."""
    forms = sorted(words, key=len, reverse=True)
    return late("|".join(map(re.escape, forms))) if forms else None


@lru_cache(maxsize=4)
def wording_of(words: WordList) -> Wording:
    """The packaged list as a site has it: without what it lets be, with its own words, which win."""
    packaged = (pair for pair in PAIRS if pair[0] not in words.unchecked)
    return Wording((*packaged, *words.pairs), words.banned)


def _stands_in(text: str, start: int, wrong: str, right: str) -> bool:
    at = right.find(wrong)
    while at >= 0:
        if start >= at and text.startswith(right, start - at):
            return True
        at = right.find(wrong, at + 1)
    return False
