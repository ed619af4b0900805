"""Words that other programs could take for their own language."""

HOSTILE = (
    "1. 提交", "- 列表", "# 标题", "**粗体** _斜_ `码`", "a<b>粗</b>&amp;", "<script>alert(1)</script>", '引号"与\'撇号\'',
    "end", "subgraph x", "A-->B", "click n0 call f()", "#35; #quot; &#35;", "%% 注释", "[方][[双]](圆){{花}}|竖|",
    "反斜\\n\\N\\G\\l",
    "x" * 300, "第一行\n第二行", "；；#;", "$$x^2$$", "@{ shape: bolt }", "::icon(fa fa-book)", ":::grey", "a:b:c", "~~~",
    "fa:fa-car 车",
    "\u202e反\u0000空", "🙂", "o", "x--x", "`back`", "{{x}}", '"', "'", "\\", "?", "《条例》第3条（含）、“引”",
)
