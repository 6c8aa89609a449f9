-- Fits the HTML of a bilaga to what pandoc writes: Typst (for PDF), DOCX and Markdown.
-- Layouts mark their parts with classes: titelblock, avsandare, marke, underskrift, notis, endast-webb, kolofon, bilagedel (an annex), markeringar,
-- saknas (what the data lack),
-- liggande (pages on their side), insatser (a table with an insats in each row), matris.

local is_typst, is_docx = FORMAT == "typst", FORMAT == "docx"
local raw = function(text) return pandoc.RawBlock(is_docx and "openxml" or FORMAT, text) end

local function xml(text)
  return (text:gsub("[&<>]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;" }))
end

local function quoted(text)
  return '"' .. text:gsub('[\\"]', "\\%0") .. '"'
end

local function styled(name, blocks)
  return pandoc.Div(blocks, pandoc.Attr("", {}, { ["custom-style"] = name }))
end

-- The anchor that GitHub, GitLab and Forgejo give a heading.
local seen = {}
local function forge_anchor(text)
  local slug = ""
  for _, code in utf8.codes(pandoc.text.lower(text)) do
    local char = utf8.char(code)
    if char == " " then slug = slug .. "-"
    elseif char:find("^[%w_-]$") or (code >= 0xC0 and code < 0x2000 and code ~= 0xD7 and code ~= 0xF7) then slug = slug .. char end
  end
  seen[slug] = (seen[slug] or -1) + 1
  return seen[slug] == 0 and slug or slug .. "-" .. seen[slug]
end

-- The insats that a row of a table is about: its id, and its name as inlines.
local function row_name(row)
  local cell = row.cells[1]
  return cell.attr.identifier, pandoc.utils.blocks_to_inlines(cell.contents)
end

-- Contents of chapters and insatser as links: in DOCX inside a field that Word can update with page numbers.
local function contents(doc)
  local top, entries = pandoc.List(), pandoc.List()
  local function add(level, content, identifier)
    local anchor = is_docx and identifier or forge_anchor(pandoc.utils.stringify(content))
    if identifier == "" or level > 3 or level < 2 then return end
    local link = pandoc.Link(content, "#" .. anchor)
    if is_docx then
      entries:insert({ "toc " .. (level - 1), link })
    elseif level == 2 then
      top:insert({ pandoc.Plain { link } })
    elseif #top > 0 then
      local item = top[#top]
      if not item[2] then item[2] = pandoc.BulletList {} end
      item[2].content:insert({ pandoc.Plain { link } })
    end
  end
  doc:walk {
    Header = function(h) add(h.level, h.content, h.identifier) end,
    Table = function(tbl)
      if not tbl.classes:includes("insatser") or tbl.classes:includes("fynd") then return end
      for _, row in ipairs(tbl.bodies[1].body) do
        local id, name = row_name(row)
        add(3, name, id)
      end
    end,
  }
  if #top == 0 and #entries == 0 then return {} end
  if not is_docx then return { pandoc.Header(2, "Innehåll"), pandoc.BulletList(top) } end
  local field = function(text) return pandoc.RawInline("openxml", "<w:r>" .. text .. "</w:r>") end
  local blocks = pandoc.List { styled("TOC Heading", { pandoc.Para "Innehåll" }) }
  for i, entry in ipairs(entries) do
    local inlines = pandoc.List { entry[2] }
    if i == 1 then
      inlines = pandoc.List { field '<w:fldChar w:fldCharType="begin"/>',
        field '<w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText>',
        field '<w:fldChar w:fldCharType="separate"/>' } .. inlines
    end
    if i == #entries then inlines:insert(field '<w:fldChar w:fldCharType="end"/>') end
    blocks:insert(styled(entry[1], { pandoc.Para(inlines) }))
  end
  return blocks
end

-- The lines of blocks that are ``depth`` points within a list: each point begins with a dash, further in for an inner one.
local function lines_of(blocks, depth)
  local lines = pandoc.List()
  for _, block in ipairs(blocks) do
    if block.t == "BulletList" then
      for _, item in ipairs(block.content) do
        local inner = lines_of(item, depth + 1)
        inner[1] = pandoc.List { pandoc.Str(("\u{2003}"):rep(depth) .. "–"), pandoc.Space() } .. (inner[1] or {})
        lines:extend(inner)
      end
    else
      lines:insert(pandoc.utils.blocks_to_inlines({ block }))
    end
  end
  return lines
end

-- The text of several blocks in one paragraph, on lines of its own.
local function on_lines(blocks)
  local inlines = pandoc.List()
  for i, line in ipairs(lines_of(blocks, 0)) do
    -- Typst would take the next line of its source as the end of the fact.
    local ends = is_typst and pandoc.RawInline("typst", "#linebreak();") or pandoc.LineBreak()
    if i > 1 then inlines:insert(ends) end
    inlines:extend(line)
  end
  return inlines
end

local function labelled(label, text)
  return pandoc.List { pandoc.Strong(label .. { pandoc.Str ":" }), pandoc.Space() } .. text
end

-- A fact for each description of a word; those of one word in a row have it once on the page.
local function described(list)
  local items = pandoc.List()
  for _, item in ipairs(list.content) do
    for _, description in ipairs(item[2]) do items:insert({ item[1], { description } }) end
  end
  return items
end

-- A list of facts: Typst has its own kind (terms), the others get paragraphs with a bold word first.
local function facts(list)
  local items = pandoc.List()
  for _, item in ipairs(described(list)) do
    local text = on_lines(item[2][1])
    if is_typst then
      items:insert(pandoc.Plain(pandoc.List { pandoc.RawInline("typst", "/ #faktaord[") } .. item[1] ..
        { pandoc.RawInline("typst", "]: ") } .. text))
    elseif is_docx then
      local inlines = pandoc.List { pandoc.Strong(item[1]), pandoc.RawInline("openxml", "<w:r><w:tab/></w:r>") }
      items:insert(styled("Fakta", { pandoc.Para(inlines .. text) }))
    else
      items:insert({ pandoc.Plain(labelled(item[1], text)) })
    end
  end
  return (is_typst or is_docx) and items or pandoc.BulletList(items)
end

-- The same where there is no room for a column of words: in the cells of a table.
local function narrow_facts(list)
  return described(list):map(function(item) return pandoc.Para(labelled(item[1], on_lines(item[2][1]))) end)
end

-- Markdown: what stands in a row of a table is too much for a line, so each row becomes a section.
local function cards(tbl)
  local blocks, heads = pandoc.Blocks {}, tbl.head.rows[1].cells
  for _, row in ipairs(tbl.bodies[1].body) do
    local id, name = row_name(row)
    -- A finding stands under the heading of its insats.
    blocks:insert(tbl.classes:includes("fynd") and pandoc.Para { pandoc.Strong(name) } or pandoc.Header(3, name, pandoc.Attr(id)))
    for c = 2, #row.cells do
      local label, content = pandoc.utils.blocks_to_inlines(heads[c].contents), row.cells[c].contents
      local first = content[1]
      if first and (first.t == "Para" or first.t == "Plain") then
        blocks:insert(pandoc.Para(labelled(label, first.content)))
        content:remove(1)
      else
        blocks:insert(pandoc.Para { pandoc.Strong(label .. { pandoc.Str ":" }) })
      end
      blocks:extend(content)
    end
  end
  return blocks
end

-- A row that is so low that it should not be broken between pages: the number of lines that its fullest cell takes.
local LOW = 12
local function lines_of(row, colspecs)
  local most = 0
  for c, cell in ipairs(row.cells) do
    local per_line, lines = 160 * (colspecs[c][2] or 0.2), 0
    cell.contents:walk {
      Para = function(p) lines = lines + math.ceil(#pandoc.utils.stringify(p) / per_line) + 0.5 end,
      Plain = function(p) lines = lines + math.ceil(#pandoc.utils.stringify(p) / per_line) end,
    }
    most = math.max(most, lines)
  end
  return most
end

-- Word: only paragraphs take a style, and the short text of a cell is none.
local function cell_style(name, blocks)
  return { styled(name, pandoc.Blocks(blocks):walk { Plain = function(plain) return pandoc.Para(plain.content) end }) }
end

-- PDF and Word: the insats's name is a heading in its row, and the table's text is smaller.
local function insatser(tbl)
  for _, row in ipairs(tbl.bodies[1].body) do
    local id, name = row_name(row)
    local low = lines_of(row, tbl.colspecs) < LOW
    for c, cell in ipairs(row.cells) do
      if c == 1 and tbl.classes:includes("fynd") then
        local strong = pandoc.Plain { pandoc.Strong(name) }
        cell.contents = is_docx and cell_style("Tabelltext", { strong }) or { strong }
      elseif c == 1 and is_typst then
        cell.contents = { pandoc.Plain(pandoc.List { pandoc.RawInline("typst", "#radrubrik(" .. quoted(id) .. ")[") } .. name ..
          { pandoc.RawInline("typst", "]") }) }
      elseif c == 1 then
        cell.contents = { styled("Radrubrik", { pandoc.Para { pandoc.Span(name, pandoc.Attr(id)) } }) }
      elseif is_docx then
        cell.contents = cell_style("Tabelltext", cell.contents)
      end
      if is_typst and low then cell.attr.attributes["typst:breakable"] = "false" end
    end
  end
  for _, spec in ipairs(tbl.colspecs) do spec[1] = "AlignLeft" end
  if is_docx then
    for _, cell in ipairs(tbl.head.rows[1].cells) do cell.contents = cell_style("Kolumnrubrik", cell.contents) end
    return tbl
  end
  return { raw("#insatstabell["), tbl, raw("]") }
end

-- Word: the end of a section. convert.py puts the document's own section in the place of the mark, turned if it says so.
local function section(orient)
  return raw('<w:p><w:pPr><w:pStyle w:val="Compact"/><w:sectPr' .. (orient and ' w:orient="' .. orient .. '"' or "") .. '/></w:pPr></w:p>')
end

-- Word: the matrix as its own XML, for the vertical headings that pandoc cannot write.
local WIDTH = 15000

-- The columns' shares of the width: a unit alone in its group needs room for the group's name.
local function shares(tbl)
  local weights, total, at = {}, 0, 1
  for c, head in ipairs(tbl.head.rows[1].cells) do
    for _ = 1, head.col_span do
      weights[at] = c == 1 and 0 or (head.col_span == 1 and #tbl.head.rows > 1) and 2 or 1
      total, at = total + weights[at], at + 1
    end
  end
  local one = math.min(0.06, 0.74 / total)
  for i, weight in ipairs(weights) do weights[i] = i == 1 and math.min(0.4, 1 - one * total) or weight * one end
  return weights
end

local function docx_table(tbl)
  local widths, all = {}, 0
  for i, share in ipairs(shares(tbl)) do
    widths[i] = math.floor(share * WIDTH)
    all = all + widths[i]
  end
  local function span(from, count)
    local sum = 0
    for i = from, from + count - 1 do sum = sum + widths[i] end
    return sum
  end
  local out = { '<w:tbl><w:tblPr><w:tblStyle w:val="Table"/><w:tblW w:w="' .. all .. '" w:type="dxa"/>' ..
    '<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:firstColumn="1" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="' ..
    xml(pandoc.utils.stringify(tbl.caption.long)):gsub('"', "&quot;") .. '"/></w:tblPr><w:tblGrid>' }
  for _, width in ipairs(widths) do out[#out + 1] = '<w:gridCol w:w="' .. width .. '"/>' end
  out[#out + 1] = "</w:tblGrid>"
  local function cell(width, props, style, text)
    out[#out + 1] = '<w:tc><w:tcPr><w:tcW w:w="' .. width .. '" w:type="dxa"/>' .. props .. '</w:tcPr><w:p><w:pPr><w:pStyle w:val="' ..
      style .. '"/></w:pPr><w:r><w:t xml:space="preserve">' .. xml(text) .. "</w:t></w:r></w:p></w:tc>"
  end
  local rows = #tbl.head.rows
  for r, row in ipairs(tbl.head.rows) do
    local last = r == rows
    out[#out + 1] = "<w:tr><w:trPr><w:cantSplit/>" .. (last and '<w:trHeight w:val="' .. (#tbl.colspecs > 21 and 3400 or 1900) .. '" w:hRule="atLeast"/>' or "") .. "<w:tblHeader/></w:trPr>"
    if r > 1 then cell(widths[1], "<w:vMerge/>", "Matrisrubrik", "") end
    local at = r
    for c, head in ipairs(row.cells) do
      local text, corner = pandoc.utils.stringify(head.contents), r == 1 and c == 1
      if corner then
        cell(widths[1], (rows > 1 and '<w:vMerge w:val="restart"/>' or "") .. '<w:vAlign w:val="bottom"/>', "Matrisrubrik", text)
      elseif last then
        cell(widths[at], '<w:textDirection w:val="btLr"/><w:vAlign w:val="center"/>', "Matrisrubrik", text)
      else
        cell(span(at, head.col_span), '<w:gridSpan w:val="' .. head.col_span .. '"/><w:vAlign w:val="bottom"/>', "Matriskryss", text)
      end
      at = at + head.col_span
    end
    out[#out + 1] = "</w:tr>"
  end
  for _, row in ipairs(tbl.bodies[1].body) do
    out[#out + 1] = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
    for c, data in ipairs(row.cells) do
      cell(widths[c], "", c == 1 and "Matrisrad" or "Matriskryss", pandoc.utils.stringify(data.contents))
    end
    out[#out + 1] = "</w:tr>"
  end
  return raw(table.concat(out) .. "</w:tbl>")
end

-- Markdown's tables have one heading row: the groups become a list before the table.
local function simple_table(tbl)
  if #tbl.head.rows < 2 then return nil end
  local groups, units, at = pandoc.List(), tbl.head.rows[2].cells, 1
  for c = 2, #tbl.head.rows[1].cells do
    local group, names = tbl.head.rows[1].cells[c], pandoc.List()
    for i = at, at + group.col_span - 1 do names:insert(pandoc.utils.stringify(units[i].contents)) end
    at = at + group.col_span
    if #group.contents > 0 then
      groups:insert({ pandoc.Plain { pandoc.Strong(pandoc.utils.blocks_to_inlines(group.contents)),
        pandoc.Str ":", pandoc.Space(), pandoc.Str(table.concat(names, ", ")) } })
    end
  end
  local corner = tbl.head.rows[1].cells[1]
  corner.row_span = 1
  units:insert(1, corner)
  tbl.head.rows = { pandoc.Row(units) }
  return { pandoc.BulletList(groups), tbl }
end

local function slice(blocks, first, last)
  local part = pandoc.Blocks {}
  for i = first, last do part:insert(blocks[i]) end
  return part
end

-- PDF: short rows beside each other, as long on both sides.
local function in_halves(blocks)
  local function size(block) return 60 + #pandoc.utils.stringify(block) end
  local total, sum, half = 0, 0, 0
  for _, block in ipairs(blocks) do total = total + size(block) end
  while sum + size(blocks[half + 1]) / 2 < total / 2 do
    half = half + 1
    sum = sum + size(blocks[half])
  end
  return pandoc.Blocks { raw("#enheterna[") } .. slice(blocks, 1, half) .. { raw("][") } ..
    slice(blocks, half + 1, #blocks) .. { raw("]") }
end

local function matrix(div)
  local rows, units
  local content = pandoc.Blocks(div.content):walk { Table = function(tbl)
    rows, units = #tbl.head.rows, #tbl.colspecs - 1
    if is_docx then return { styled("Table Caption", { pandoc.Para(pandoc.utils.blocks_to_inlines(tbl.caption.long)) }), docx_table(tbl) } end
    if not is_typst then return simple_table(tbl) end
    for i, share in ipairs(shares(tbl)) do tbl.colspecs[i] = { i == 1 and "AlignLeft" or "AlignCenter", share } end
    return tbl
  end }
  if not is_typst then return content end
  local table_end = #content
  for i = #content, 2, -1 do
    if content[i].t == "Header" then table_end = i - 1 end
  end
  local blocks = pandoc.Blocks { raw("#matris(" .. rows .. ", " .. units .. ")[") } .. slice(content, 1, table_end) .. { raw("]") }
  if table_end == #content then return blocks end
  blocks:insert(content[table_end + 1])
  return blocks .. in_halves(slice(content, table_end + 2, #content))
end

-- Texts: whatever stands in them comes out as it is, in formats where signs would otherwise be markup.

-- The writers know some signs of their formats and not others, so no text is left to them: here each becomes what can only
-- be read as itself.

-- Typst: text and spaces in a row as one string, ended so that nothing after it is taken for code.
local function typst_texts(inlines)
  local done, text = pandoc.Inlines {}, ""
  local function put()
    if text ~= "" then done:insert(pandoc.RawInline("typst", "#" .. quoted(text) .. ";")) end
    text = ""
  end
  for _, inline in ipairs(inlines) do
    if inline.t == "Str" then text = text .. inline.text
    elseif inline.t == "Space" or inline.t == "SoftBreak" then text = text .. " "
    else
      put()
      done:insert(inline)
    end
  end
  put()
  return done
end

-- Markdown: signs that mean something wherever they stand, and those that do so first on a line.
local SIGNS = {
  ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ["$"] = "<span>\\$</span>", -- GitHub's mathematics heeds no backslash, and others no span
}
for sign in ("\\`*_[]~|^"):gmatch(".") do SIGNS[sign] = "\\" .. sign end

-- Spaces that are more than spaces would be trimmed at the edge of a line, or keep bold text from being so.
local WIDE = { [0xA0] = true, [0x1680] = true, [0x202F] = true, [0x205F] = true, [0x3000] = true }
for code = 0x2000, 0x200A do WIDE[code] = true end
local function wide_edges(text)
  local codes = pandoc.List { utf8.codepoint(text, 1, -1) }
  local first, last = 1, #codes
  while WIDE[codes[first]] do first = first + 1 end
  while last > first and WIDE[codes[last]] do last = last - 1 end
  return table.concat(codes:map(function(code, i)
    return (i < first or i > last) and ("&#%d;"):format(code) or utf8.char(code)
  end))
end

-- The short code of an emoji, ":100:", is one to a forge only where it stands in one stretch of text.
local function apart(text)
  local done, at = pandoc.List {}, 1
  while true do
    local from, to = text:find(":[%w_+\\-]*:", at)
    if not from then break end
    done:insert(text:sub(at, from) .. "<span></span>" .. text:sub(from + 1, to - 1))
    at = to
  end
  return table.concat(done) .. text:sub(at)
end

-- An address with a sign in it would be shown with the backslash before the sign, were it made a link: it is not.
local function written(text)
  local escaped = text:gsub("[&<>$\\`*_%[%]~|^]", SIGNS)
  if escaped:find("^#+$") then escaped = "\\" .. escaped end
  if escaped ~= text then escaped = escaped:gsub("://", "\\://"):gsub("([Ww][Ww][Ww])%.", "%1\\.") end
  return wide_edges(apart(escaped))
end

-- A number or a sign that is a word by itself would begin a list, underline a heading or head a table.
local function first_on_line(text)
  local number, mark = text:match("^(%d+)([.)])$")
  if number then return number .. "\\" .. mark end
  return text:find("^[+:=-]+$") and "\\" .. text or written(text)
end

local function markdown_texts(inlines, begins)
  local done = pandoc.Inlines {}
  for i, inline in ipairs(inlines) do
    local following = inlines[i + 1]
    if inline.t == "Str" then
      local text = begins and first_on_line(inline.text) or written(inline.text)
      if following and following.t == "Link" then text = text:gsub("!$", "\\!") end
      done:insert(pandoc.RawInline(FORMAT, text))
    elseif inline.t == "SoftBreak" then
      done:insert(pandoc.Space())
    else
      if inline.content then inline.content = markdown_texts(inline.content, begins and inline.t == "Span") end
      done:insert(inline)
    end
    begins = inline.t == "LineBreak"
  end
  return done
end

local function as_they_are(doc)
  if is_typst then return doc:walk { Inlines = typst_texts } end
  if is_docx then return doc end
  local function block(b)
    b.content = markdown_texts(b.content, true)
    return b
  end
  return doc:walk { traverse = "topdown", Plain = block, Para = block, Header = block,
    Table = function(tbl)
      tbl.caption.long = pandoc.Blocks(tbl.caption.long):walk { Plain = block, Para = block }
    end }
end

-- A link to a heading: in Markdown the forge has made the anchor, and elsewhere one that leads nowhere is an error.
local function links(doc)
  local known = {}
  local function note(element) known["#" .. element.identifier] = true end
  doc:walk {
    Header = note, Div = note, Span = note,
    Table = function(tbl)
      for _, body in ipairs(tbl.bodies) do
        for _, row in ipairs(body.body) do known["#" .. row_name(row)] = true end
      end
    end,
  }
  return doc:walk { Link = function(link)
    if link.target:sub(1, 1) == "#" and (not (is_typst or is_docx) or not known[link.target]) then return link.content end
  end }
end

-- Keeps the last block in ``blocks`` on the page of what comes after it.
local function keep_last(blocks)
  local last = blocks[#blocks]
  if not last or last.t == "Header" then return end
  if last.t == "Div" and not last.classes:includes("markeringar") and not last.classes:includes("med-nasta") then
    keep_last(last.content)
  else
    blocks[#blocks] = pandoc.Div({ last }, pandoc.Attr("", { "med-nasta" }))
  end
end

-- On paper the annexes have pages of their own, so the colophon comes before them, and if it can on a page that is there.
local function place_colophon(doc)
  return doc:walk { Div = function(div)
    local content, annex = div.content, nil
    local last = content[#content]
    if not last or last.t ~= "Div" or not last.classes:includes("kolofon") then return nil end
    content:remove(#content)
    local colophon = is_docx and styled("Kolofon", last.content) or pandoc.Div { raw("#kolofon["), last, raw("]") }
    for i, block in ipairs(content) do
      if not annex and block.t == "Div" and block.classes:includes("bilagedel") then annex = i end
    end
    annex = annex or #content + 1
    local before = content[annex - 1]
    if is_typst and before and before.t == "Div" then keep_last(before.content) end
    if before and before.t == "Div" and before.classes:includes("liggande") then
      before.content:insert(colophon)
    else
      content:insert(annex, colophon)
    end
    return div
  end }
end

-- On paper the last section of an insats does not begin a page alone: a short piece before it goes with it.
local SHORT = 700
local function with_next(doc)
  local pieces = { Para = true, Plain = true, DefinitionList = true, BulletList = true }
  local function keep(blocks, i)
    local before = blocks[i]
    if before and pieces[before.t] and #pandoc.utils.stringify(before) < SHORT then
      blocks[i] = pandoc.Div({ before }, pandoc.Attr("", { "med-nasta" }))
    end
  end
  return doc:walk { Blocks = function(blocks)
    local last
    for i = #blocks, 1, -1 do
      local block = blocks[i]
      if block.t == "Header" then
        if block.level >= 4 and not last then keep(blocks, i - 1) end
        last = block.level >= 4
      elseif block.t == "Div" and block.classes:includes("markeringar") then
        keep(blocks, i - 1)
      end
    end
    return blocks
  end }
end

-- After tables on pages that lie on their side, the history of the document stands there too: it fills no page.
local function place_history(doc)
  return doc:walk { Blocks = function(blocks)
    for i = #blocks, 2, -1 do
      local one, before = blocks[i], blocks[i - 1]
      if one.t == "Div" and before.t == "Div" and one.classes:includes("historik") and before.classes:includes("liggande") then
        before.content:insert(one)
        blocks:remove(i)
      end
    end
    return blocks
  end }
end

-- Attributes that pandoc would write as Typst code come from a template, and no template writes code.
local function plain(element)
  local attributes = element.attributes or (element.attr and element.attr.attributes)
  local names = pandoc.List()
  for name in pairs(attributes) do
    if name:find("typst", 1, true) or name == "style" then names:insert(name) end
  end
  for _, name in ipairs(names) do attributes[name] = nil end
  return element
end
local function plain_table(tbl)
  for _, part in ipairs(pandoc.List { tbl.head, tbl.foot } .. tbl.bodies) do
    if part.attr then plain(part) end
    for _, row in ipairs(part.rows or (part.head .. part.body)) do
      plain(row)
      for _, cell in ipairs(row.cells) do plain(cell) end
    end
  end
  return plain(tbl)
end

-- Word: statements that stand out; its lists look as other lists do.
local function marked(list)
  return list.content:map(function(item)
    return pandoc.Para(pandoc.List { pandoc.Str "●", pandoc.Space() } .. pandoc.utils.blocks_to_inlines(item))
  end)
end

-- A caption that only repeats the heading above is for those who go from table to table on the page in HTML.
local function without_caption(tbl)
  tbl.caption.long = {}
  return tbl
end

function Pandoc(doc)
  doc = doc:walk {
    Div = function(div) if div.classes:includes("historik") then return div:walk { Table = without_caption } end end,
    Table = function(tbl) if tbl.classes:includes("insatser") then return without_caption(tbl) end end,
  }
  if is_typst then
    doc = doc:walk { Div = plain, Span = plain, Header = plain, Code = plain, CodeBlock = plain, Link = plain, Image = plain,
      Figure = plain, Table = plain_table }
  end
  doc = doc:walk { Div = function(div)
    if div.classes:includes("sidfot") then return (is_typst or is_docx) and {} or div.content end
    if not div.classes:includes("logotyp") then return nil end
    return is_typst and { raw("#logotyp()") } or is_docx and styled("Logotyp", div.content) or {}
  end }
  doc = doc:walk { Div = function(div) if div.classes:includes("endast-webb") then return {} end end }
  doc = links(doc)
  if is_typst then doc = with_next(doc) end
  doc = doc:walk { Span = function(span)
    if not span.classes:includes("saknas") then return nil end
    if not is_typst then return pandoc.Emph(span.content) end
    return pandoc.List { pandoc.RawInline("typst", "#saknas[") } .. span.content .. { pandoc.RawInline("typst", "]") }
  end }
  if is_typst or is_docx then
    doc = doc:walk { Table = function(tbl)
      if tbl.classes:includes("insatser") then return tbl:walk { DefinitionList = narrow_facts } end
    end }
  end
  doc = doc:walk { DefinitionList = facts }
  if not is_typst and not is_docx then
    -- Between two lists in a row pandoc would put a comment in HTML.
    doc = doc:walk { Blocks = function(blocks)
      for i = #blocks, 2, -1 do
        if blocks[i].t == "BulletList" and blocks[i - 1].t == "BulletList" then
          blocks[i - 1].content:extend(blocks[i].content)
          blocks:remove(i)
        end
      end
      return blocks
    end }
    doc = doc:walk { Table = function(tbl) if tbl.classes:includes("insatser") then return cards(tbl) end end }
  end
  local toc = not is_typst and contents(doc) or {}
  if is_typst or is_docx then doc = place_colophon(place_history(doc)) end
  local title
  doc = doc:walk {
    Header = function(h)
      if is_typst or is_docx then
        if h.level == 1 then title = h.content return {} end
        -- A letter has no contents, and its headings begin no pages.
        if is_typst or #toc > 0 then h.level = h.level - 1 end
        return h
      end
    end,
    Table = function(tbl)
      if (is_typst or is_docx) and tbl.classes:includes("insatser") then return insatser(tbl) end
    end,
    Div = function(div)
      local class = function(name) return div.classes:includes(name) end
      local content = class("matris") and matrix(div) or pandoc.Blocks(div.content)
      if class("liggande") then
        if is_typst and class("fynden") then content:insert(1, raw("#show: fynden")) end
        if is_typst then return pandoc.Blocks { raw("#liggande[") } .. content .. { raw("]") } end
        if is_docx then return pandoc.Blocks { section() } .. content .. { section("landscape") } end
      elseif is_typst then
        if class("med-nasta") then return pandoc.Blocks { raw("#block(sticky: true)[") } .. content .. { raw("]") } end
        if class("markeringar") then
          local whole = #pandoc.utils.stringify(div.content) < 2 * SHORT
          return { raw("#markeringar(whole: " .. tostring(whole) .. ")["), pandoc.Div(div.content), raw("]") }
        end
        for _, name in ipairs { "titelblock", "avsandare", "marke", "notis" } do
          if class(name) then return { raw("#" .. name .. "["), pandoc.Div(div.content), raw("]") } end
        end
      elseif is_docx then
        if class("avsandare") then return styled("Subtitle", div.content) end
        if class("marke") then return styled("Märke", div.content) end
        if class("notis") then return styled("Notis", div.content) end
        if class("markeringar") then return styled("Notis", marked(div.content[1])) end
        if class("underskrift") then return styled("Underskrift", div.content) end
        if class("titelblock") then return div.content .. toc end
      elseif class("markeringar") then
        return pandoc.BlockQuote(div.content)
      elseif class("titelblock") then
        return div.content .. toc
      end
      if div.attributes["custom-style"] then return nil end
      return content
    end,
  }
  if title then doc.meta.title = pandoc.MetaInlines(title) end
  return as_they_are(doc)
end
