"""What the parsers of Python, YAML, TOML, JSON and XML say, in Chinese; what is not listed here is just wrong."""

from __future__ import annotations

import re

SAID = (
    # Python
    (r"'(.)' was never closed", "“{}”没有配对"),
    (r"unmatched '(.)'", "多了一个“{}”"),
    (r"closing parenthesis '(.)' does not match.*", "“{}”与前面的括号不配对"),
    (r"unterminated (?:triple-quoted )?(?:f-)?string literal.*", "引号没有配对"),
    (r"invalid syntax\. Perhaps you forgot a comma\?", "写法不对，是否少了逗号？"),
    (r"invalid syntax\. Maybe you meant '==' or ':=' instead of '='\?", "写法不对，比较用 =="),
    (r"expected ':'", "少了冒号"),
    (r"unexpected indent", "行首多了空格"),
    (r"expected an indented block.*", "这一行要缩进"),
    (r"unindent does not match.*", "缩进与上面各行对不齐"),
    (r"inconsistent use of tabs.*", "缩进里混用了空格和制表符（Tab）"),
    (r"positional argument follows keyword argument.*", "有名称的参数要写在后面"),
    (r"keyword argument repeated: (\w+)", "参数 {} 写了两次"),
    (r"cannot assign to .*", "等号左边不是名称"),
    (r"invalid decimal literal|invalid .*digit.*|leading zeros.*", "数字写得不对"),
    (r"'(return|await|yield|break|continue)' outside.*", "{} 写错了地方"),
    (r"unexpected EOF while parsing|unexpected character after line continuation character", "写法不对"),
    (r"source code (?:string )?cannot contain null bytes", "文件里有空字符（NUL）"),
    (r"too many nested.*|too many statically.*", "嵌套过深"),
    (r"expression cannot contain assignment.*", "等号左边要是参数的名称"),
    (r"expression expected after dictionary key and ':'", "冒号后面少了值"),
    (r"f-string: .*", "引号里花括号的写法不对"),
    (r"expected '(.+)'", "少了 {}"),
    # YAML
    (r"while scanning a quoted scalar,? found unexpected end of stream", "引号没有配对"),
    (r".*found unexpected document (?:separator|indicator)", "引号没有配对"),
    (r".*found unknown escape character.*", "双引号里的反斜杠转义不对"),
    (r".*did not find expected hexdecimal number|.*hexadecimal.*", "反斜杠转义不对"),
    (r".*mapping values are not allowed in this context", "这里不能再有冒号"),
    (r".*(?:could not|did) (?:not )?find expected ':'", "少了冒号"),
    (r".*did not find expected ',' or '([\]}}])'", "少了逗号或 {}"),
    (r".*did not find expected '-' indicator", "这一行应当以 - 开头，或缩进不对"),
    (r".*did not find expected key|.*expected <block end>.*", "缩进与上面各行对不齐，或引号、括号没有配对"),
    (r".*block sequence entries are not allowed in this context", "这里不能用 - 开头"),
    (r".*(?:block )?mapping (?:keys|entries) are not allowed.*", "这里不能写“名称: 值”"),
    (r".*found character that cannot start any token", "不能以这个符号开头"),
    (r".*found undefined alias.*", "用 * 引用的名称没有用 & 定义"),
    (r".*(?:found )?duplicate anchor.*", "用 & 定义的名称写了两次"),
    (r".*found undefined tag handle", "不支持以 ! 开头的标签"),
    (r".*(?:scanning|parsing) an? (?:anchor|alias|tag|directive).*", "& * ! % 开头的写法不对"),
    (r".*did not find expected <document start>|.*expected a single document.*", "文件里只能有一份 YAML"),
    (r".*while scanning a block scalar.*", "| 或 > 的写法不对"),
    (r".*did not find expected node content", "缺少值"),
    (r".*control characters are not allowed|.*special characters are not allowed", "有控制字符"),
    (r".*found a tab character.*", "缩进里有制表符（Tab）"),
    # TOML
    (r"Cannot declare \('(.*?)',?\) twice|Cannot overwrite a value|Cannot redefine.*|Cannot mutate.*", "同一名称写了两次"),
    (r"Expected '=' after a key in a key/value pair", "名称后面少了 ="),
    (r"Invalid value", "值写得不对"),
    (r"Invalid statement", "写法不对"),
    (r"Expected newline or end of document after a statement", "一行只能写一个“名称 = 值”"),
    (r"Unterminated string|Expected \"'\"|Expected '\"'|Illegal character '\\n'", "引号没有配对"),
    (r"Unclosed array|Unclosed inline table|Expected '[\]}]+'.*", "括号没有配对"),
    (r"Unescaped '\\' in a string", "双引号里的反斜杠要写两个"),
    (r"Illegal character '(.+)'", "有不能用的字符 {}"),
    (r"Invalid initial character for a key part", "名称写得不对"),
    (r"Invalid date or datetime", "日期写得不对"),
    (r"Escaped character is not a Unicode scalar value", "反斜杠转义不对"),
    (r"Found invalid character .*|Invalid hex value", "有不能用的字符"),
    # JSON
    (r"Expecting value", "缺少值"),
    (r"Expecting ',' delimiter", "少了逗号"),
    (r"Expecting ':' delimiter", "少了冒号"),
    (r"Expecting property name enclosed in double quotes", "名称要加双引号"),
    (r"Unterminated string starting at", "引号没有配对"),
    (r"Invalid control character at", "引号里有换行或控制字符"),
    (r"Invalid \\.*", "反斜杠转义不对"),
    (r"Extra data", "末尾多了内容"),
    (r"Illegal trailing comma.*", "多了逗号"),
    (r"Unexpected UTF-8 BOM.*", "开头有字节序标记（BOM）"),
    # XML
    (r"StartTag: invalid element name", "标记的名称不对"),
    (r"error parsing attribute name", "属性的名称不对"),
    (r"Specification mandates value for attribute (.+)", "属性 {} 没有值"),
    (r"Unescaped '<' not allowed.*", "属性值里的 < 要写成 &lt;"),
    (r"EntityRef: .*|xmlParseEntityRef: .*", "文字里的 & 要写成 &amp;"),
    (r"Comment not terminated.*|Double hyphen within comment.*", "注释没有结束"),
    (r"Blank needed here", "少了空格"),
    (r"String not (?:closed|started).*", "引号没有配对"),
    (r".*XML declaration.*|Malformed declaration.*", "开头的 XML 声明不对"),
    (r"Opening and ending tag mismatch: (\S+) line (\d+) and (\S+)", "第 {1} 行的 <{0}> 与 </{2}> 不配对"),
    (r"mismatched tag.*", "标记没有配对"),
    (r"no element found.*|Document is empty.*|Start tag expected.*", "没有内容"),
    (r"not well-formed.*", "写法不对"),
    (r"Premature end of data in tag (\S+) line (\d+)", "第 {1} 行的 <{0}> 没有结束"),
    (r"junk after document element.*|Extra content.*", "末尾多了内容"),
    (r"Attribute (\S+) redefined|duplicate attribute.*", "属性写了两次"),
    (r"undefined entity.*|Entity '(.*)' not defined", "引用了没有定义的实体"),
    (r"Namespace prefix (\S+) .*not defined|unbound prefix.*", "命名空间前缀没有定义"),
    (r"AttValue: .*|attributes construct error", "属性写得不对"),
    (r"Couldn't find end of Start Tag (\S+).*", "标记 <{}> 没有结束"),
    (r"unclosed token.*|unclosed CDATA.*", "标记没有结束"),
    (r"(?:PCDATA )?[Ii]nvalid [Cc]har value (\d+)|reference to invalid character number.*|xmlParseCharRef: .*",
     "有不能用的字符"),
    (r"unknown encoding.*|Unsupported encoding.*", "不认识的编码"),
    (r"(?:partial character|multi-byte).*", "字符不完整"),
    (r"Excessive depth.*", "嵌套过深"),
    (r"xmlns.*", "命名空间写得不对"),
)


def in_chinese(message: str) -> str:
    """What *message* says.

    >>> in_chinese("Expecting ',' delimiter"), in_chinese("unheard of")
    ('少了逗号', '写法不对')
    """
    for pattern, said in SAID:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return said.format(*(group or "" for group in found.groups()))
    return "写法不对"
