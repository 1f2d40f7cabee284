/** A PDF whose pages each say their number, and have a bar across. */
export function fakePdf(count: number, print = ''): string {
  const kids = Array.from({ length: count }, (_, index) => `${4 + index * 2} 0 R`).join(' ');
  const pages = Array.from({ length: count }, (_, index) => {
    const content = `1 0 0 rg 20 60 160 12 re f 0 0 0 rg BT /F1 40 Tf 60 120 Td (P${index + 1}) Tj ET ${print}`;
    const at = 4 + index * 2;
    return `${at} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents ${at + 1} 0 R/Resources<</Font<</F1 3 0 R>>>>>>endobj
${at + 1} 0 obj<</Length ${content.length}>>stream
${content}
endstream endobj`;
  });
  return `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[${kids}]/Count ${count}>>endobj
3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
${pages.join('\n')}
trailer<</Root 1 0 R>>
`;
}
