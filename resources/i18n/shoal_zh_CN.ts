<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Shoal</source>
        <translation>关于 Shoal</translation>
    </message>
    <message>
        <source>Free software under the AGPL, version 3 or later. It stands on Qt, NumPy, Pillow, ONNX Runtime, scikit-learn, UMAP, faiss, igraph and LibRaw.</source>
        <translation>自由软件，采用 AGPL 第 3 版或更新版本。基于 Qt、NumPy、Pillow、ONNX Runtime、scikit-learn、UMAP、faiss、igraph 和 LibRaw。</translation>
    </message>
    <message>
        <source>Shoal never looks for updates by itself. The next version comes from where you got this one; what is new in it stands in its CHANGELOG.</source>
        <translation>Shoal 从不自行检查更新。新版本请从您获得此版本的地方获取；更新内容见 CHANGELOG。</translation>
    </message>
    <message>
        <source>Sorts folders of pictures by what is in them, on this computer and nowhere else.</source>
        <translation>按图片内容整理文件夹，只在这台电脑上进行。</translation>
    </message>
</context>
<context>
    <name>Adding</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Open instead</source>
        <translation>改为打开</translation>
    </message>
</context>
<context>
    <name>Browsing</name>
    <message>
        <source>Best first</source>
        <translation>最佳在前</translation>
    </message>
</context>
<context>
    <name>CalibrationView</name>
    <message>
        <source>How often answers are right, by how sure they are</source>
        <translation>按把握程度的正确率</translation>
    </message>
    <message>
        <source>said, and really right</source>
        <translation>所说的与真正正确的</translation>
    </message>
    <message>
        <source>{0:.0%} sure, {1:.0%} right ({2})</source>
        <translation>{0:.0%} 的把握，{1:.0%} 正确（{2}）</translation>
    </message>
</context>
<context>
    <name>ChoosingModels</name>
    <message>
        <source>Better</source>
        <translation>更好</translation>
    </message>
    <message>
        <source>Built-in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Download them now? They are kept, so this happens once.</source>
        <translation>现在下载吗？下载后会保留，只需一次。</translation>
    </message>
    <message>
        <source>Licence: {0}</source>
        <translation>许可证：{0}</translation>
    </message>
    <message>
        <source>Load it all the same</source>
        <translation>仍然加载</translation>
    </message>
    <message>
        <source>Load it only if you know who made it and trust them.</source>
        <translation>只有在您了解并信任其作者时才加载。</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新识别</translation>
    </message>
    <message>
        <source>in the full edition</source>
        <translation>完整版提供</translation>
    </message>
    <message>
        <source>sees {0} x {0} pixels</source>
        <translation>输入 {0} x {0} 像素</translation>
    </message>
    <message>
        <source>{0} MB to download</source>
        <translation>需下载 {0} MB</translation>
    </message>
    <message>
        <source>{0} a second</source>
        <translation>每秒 {0} 张</translation>
    </message>
    <message>
        <source>{0} numbers per picture</source>
        <translation>每张图片 {0} 个数字</translation>
    </message>
</context>
<context>
    <name>ClassSources</name>
    <message numerus="yes">
        <source>%n picture(s) put there by you</source>
        <translation>
            <numerusform>您放入的 %n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>A folder with a sub-folder for each class</source>
        <translation>每个类别一个子文件夹的文件夹</translation>
    </message>
    <message>
        <source>Answers shall be right</source>
        <translation>回答的正确率</translation>
    </message>
    <message>
        <source>By words</source>
        <translation>按词语</translation>
    </message>
    <message>
        <source>Choose ...</source>
        <translation>选择……</translation>
    </message>
    <message>
        <source>Clusters that are classes</source>
        <translation>作为类别的聚类</translation>
    </message>
    <message>
        <source>How often answers shall be right</source>
        <translation>回答应有的正确率</translation>
    </message>
    <message>
        <source>Like the pictures in a folder</source>
        <translation>像某个文件夹中的图片</translation>
    </message>
    <message>
        <source>Like the pictures of these clusters</source>
        <translation>像这些聚类中的图片</translation>
    </message>
    <message>
        <source>Words for the classes, with commas between them</source>
        <translation>各类别的词语，用逗号分隔</translation>
    </message>
    <message>
        <source>dog, cat, bird</source>
        <translation>dog, cat, bird</translation>
    </message>
</context>
<context>
    <name>Classes</name>
    <message numerus="yes">
        <source>%n example(s), each asked without having been learnt from</source>
        <translation>
            <numerusform>%n 个示例，每个都在未参与学习时被询问</numerusform>
        </translation>
    </message>
    <message>
        <source>Any words: this model reads them.</source>
        <translation>任意词语：此模型能读懂。</translation>
    </message>
    <message>
        <source>Pictures and tables</source>
        <translation>图像和表格</translation>
    </message>
    <message>
        <source>Save what was taken for what</source>
        <translation>保存混淆情况</translation>
    </message>
    <message>
        <source>Saved as {0}</source>
        <translation>已保存为 {0}</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>The pictures have not been looked at yet.</source>
        <translation>尚未查看这些图片。</translation>
    </message>
    <message>
        <source>This model knows no words. EfficientNet-Lite knows some 1,230, CLIP any.</source>
        <translation>此模型不认识词语。EfficientNet-Lite 认识约 1,230 个，CLIP 认识任意词语。</translation>
    </message>
    <message>
        <source>Trying classes</source>
        <translation>正在试分类别</translation>
    </message>
    <message>
        <source>Words that the search field knows.</source>
        <translation>搜索框认识的词语。</translation>
    </message>
</context>
<context>
    <name>ClassesDialog</name>
    <message>
        <source>&amp;Sort into these classes</source>
        <translation>整理到这些类别(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Try it</source>
        <translation>试一试(&amp;T)</translation>
    </message>
    <message>
        <source>By words nobody knows how often it is right: look at what comes of it.</source>
        <translation>按词语分类时，没有人知道正确率：请查看结果。</translation>
    </message>
    <message>
        <source>Classes for pictures</source>
        <translation>图片的类别</translation>
    </message>
    <message>
        <source>Examples held back: taken for what</source>
        <translation>留出的示例：被认作什么</translation>
    </message>
    <message>
        <source>How sure, and how often right</source>
        <translation>把握与正确率</translation>
    </message>
    <message>
        <source>Nobody knows how often that is right: each class has one example only.</source>
        <translation>没有人知道正确率：每个类别只有一个示例。</translation>
    </message>
    <message>
        <source>Nothing is changed before you say so.</source>
        <translation>在您确认之前不会更改任何内容。</translation>
    </message>
    <message numerus="yes">
        <source>Of %n example(s), asked without having been learnt from, </source>
        <translation>
            <numerusform>%n 个示例在未参与学习时被询问，</numerusform>
        </translation>
    </message>
    <message>
        <source>Probabilities are off by {0:.0%} on average.</source>
        <translation>概率平均偏差 {0:.0%}。</translation>
    </message>
    <message>
        <source>Save as a picture or table ...</source>
        <translation>另存为图像或表格……</translation>
    </message>
    <message>
        <source>Trying ...</source>
        <translation>正在尝试……</translation>
    </message>
    <message>
        <source>What is not sure goes to Unsorted</source>
        <translation>没有把握的归入未整理</translation>
    </message>
    <message>
        <source>What would come of it</source>
        <translation>将得到的结果</translation>
    </message>
    <message>
        <source>none was sure.</source>
        <translation>没有一个有把握。</translation>
    </message>
    <message>
        <source>not sure: {0:,}</source>
        <translation>没有把握：{0:,}</translation>
    </message>
    <message>
        <source>{0:.0%} got an answer; </source>
        <translation>{0:.0%} 得到了回答；</translation>
    </message>
    <message>
        <source>{0:.0%} of these were right.</source>
        <translation>其中 {0:.0%} 正确。</translation>
    </message>
</context>
<context>
    <name>Clearing</name>
    <message numerus="yes">
        <source>%n file(s) brought back from the trash.</source>
        <translation>
            <numerusform>已从回收站恢复 %n 个文件。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) moved to the trash.</source>
        <translation>
            <numerusform>已将 %n 个文件移到回收站。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) moved; Past exports takes it back.</source>
        <translation>
            <numerusform>已移动 %n 个文件；可在“以往的导出”中撤回。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) stay where they are.</source>
        <translation>
            <numerusform>%n 个文件留在原处。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) with all that belongs to them. What stays of each group is not touched.</source>
        <translation>
            <numerusform>%n 个文件以及属于它们的一切。每组中保留的文件不会被改动。</numerusform>
        </translation>
    </message>
    <message>
        <source>Bringing back from the trash</source>
        <translation>正在从回收站恢复</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复图片</translation>
    </message>
    <message numerus="yes">
        <source>Move %n picture(s) to the trash?</source>
        <translation>
            <numerusform>将 %n 张图片移到回收站？</numerusform>
        </translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Moving duplicates</source>
        <translation>正在移动重复图片</translation>
    </message>
    <message>
        <source>Moving to the trash</source>
        <translation>正在移到回收站</translation>
    </message>
    <message>
        <source>Until the trash is emptied they can be brought back.</source>
        <translation>在清空回收站之前可以恢复它们。</translation>
    </message>
</context>
<context>
    <name>ClusterList</name>
    <message>
        <source>Merge {0} into {1}</source>
        <translation>将 {0} 合并到 {1}</translation>
    </message>
    <message>
        <source>No cluster is called so. Escape shows all of them again.</source>
        <translation>没有这个名称的聚类。按 Esc 重新显示全部。</translation>
    </message>
    <message>
        <source>Put {0} under {1}</source>
        <translation>将 {0} 放到 {1} 之下</translation>
    </message>
</context>
<context>
    <name>ClusterModel</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Key {0} sends the selected pictures here.</source>
        <translation>按键 {0} 会把所选图片放到这里。</translation>
    </message>
    <message>
        <source>{0} alike. The bar is full for the cluster that is most alike, empty for the most mixed.</source>
        <translation>{0} 相似。条形满格表示最一致的聚类，空格表示最混杂的聚类。</translation>
    </message>
</context>
<context>
    <name>ClusterPanel</name>
    <message>
        <source>Clusters</source>
        <translation>聚类</translation>
    </message>
    <message>
        <source>Find a cluster</source>
        <translation>查找聚类</translation>
    </message>
    <message>
        <source>Find a cluster by its name</source>
        <translation>按名称查找聚类</translation>
    </message>
    <message>
        <source>Order of the clusters</source>
        <translation>聚类的顺序</translation>
    </message>
    <message>
        <source>Order of the clusters: {0}</source>
        <translation>聚类的顺序：{0}</translation>
    </message>
</context>
<context>
    <name>CoarseFine</name>
    <message numerus="yes">
        <source>%n cluster(s)</source>
        <translation>
            <numerusform>%n 个聚类</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CompareModelsDialog</name>
    <message numerus="yes">
        <source>%n picture(s) that you have moved or kept</source>
        <translation>
            <numerusform>您移动或保留的 %n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>比较(&amp;C)</translation>
    </message>
    <message>
        <source>Every model is asked about {0} {1}: is the one most like it of the same cluster?</source>
        <translation>对{0}{1}，逐一检查每个模型：与它最相似的图片是否在同一聚类？</translation>
    </message>
    <message>
        <source>Models to compare</source>
        <translation>要比较的模型</translation>
    </message>
    <message>
        <source>Nothing to compare by yet. Move pictures to where they belong, or keep them (K): two or more in each of two clusters.</source>
        <translation>还没有可供比较的依据。请把图片移到合适的聚类，或将其保留（K）：至少两个聚类，每个至少两张。</translation>
    </message>
    <message>
        <source>Which model agrees best with my corrections</source>
        <translation>哪个模型最符合我的更正</translation>
    </message>
    <message numerus="yes">
        <source>in %n cluster(s)</source>
        <translation>
            <numerusform>（位于 %n 个聚类中）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Pictures side by side</source>
        <translation>并排的图片</translation>
    </message>
</context>
<context>
    <name>Comparing</name>
    <message>
        <source>Comparing models</source>
        <translation>正在比较模型</translation>
    </message>
    <message>
        <source>{0} (downloads {1} MB first)</source>
        <translation>{0}（先下载 {1} MB）</translation>
    </message>
</context>
<context>
    <name>ConfusionView</name>
    <message>
        <source>What examples were taken for</source>
        <translation>示例被认作什么</translation>
    </message>
    <message>
        <source>not sure</source>
        <translation>没有把握</translation>
    </message>
    <message>
        <source>{0} taken for {1}: {2}</source>
        <translation>{0} 被认作 {1}：{2}</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Shoal made a mistake</source>
        <translation>Shoal 出错了</translation>
    </message>
    <message>
        <source>Something in Shoal is broken. Your pictures and everything you did are safe.
If you report it, please copy the text below; it is also in {0}.</source>
        <translation>Shoal 内部出了问题。您的图片和所有操作都是安全的。
如要报告，请复制下面的文字；它也保存在 {0}。</translation>
    </message>
</context>
<context>
    <name>Curating</name>
    <message>
        <source>Keep both</source>
        <translation>两个都保留</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>New cluster</source>
        <translation>新聚类</translation>
    </message>
</context>
<context>
    <name>CurveView</name>
    <message>
        <source>From {0} pictures on: {3} clusters, silhouette {1:.3f}, {2:.0%} in clusters</source>
        <translation>从 {0} 张图片起：{3} 个聚类，轮廓系数 {1:.3f}，{2:.0%} 在聚类中</translation>
    </message>
    <message>
        <source>Silhouette and stability for each number of clusters</source>
        <translation>每种聚类数的轮廓系数和稳定性</translation>
    </message>
    <message>
        <source>share in clusters (dashed)</source>
        <translation>在聚类中的比例（虚线）</translation>
    </message>
    <message>
        <source>silhouette, best at {0}</source>
        <translation>轮廓系数，在 {0} 处最佳</translation>
    </message>
    <message>
        <source>stability (dashed)</source>
        <translation>稳定性（虚线）</translation>
    </message>
    <message>
        <source>{0} clusters: silhouette {1:.3f}, stability {2:.2f}</source>
        <translation>{0} 个聚类：轮廓系数 {1:.3f}，稳定性 {2:.2f}</translation>
    </message>
    <message>
        <source>{0}: silhouette {1:.2f}, stability {2:.2f}</source>
        <translation>{0}：轮廓系数 {1:.2f}，稳定性 {2:.2f}</translation>
    </message>
</context>
<context>
    <name>Doubtful</name>
    <message>
        <source>Probably {0} are right now</source>
        <translation>现在大约 {0} 是正确的</translation>
    </message>
    <message>
        <source>Probably {0} are right now: stop? (Esc)</source>
        <translation>现在大约 {0} 是正确的：要停止吗？（Esc）</translation>
    </message>
    <message>
        <source>Where does it belong?</source>
        <translation>它属于哪里？</translation>
    </message>
</context>
<context>
    <name>DoubtfulDialog</name>
    <message>
        <source>Doubtful pictures</source>
        <translation>存疑的图片</translation>
    </message>
    <message>
        <source>Enter, 1-5: it belongs there. M: by name. Backspace: Unsorted. Esc: stop.</source>
        <translation>回车或 1-5：属于那里。M：按名称。退格：未归类。Esc：停止。</translation>
    </message>
    <message>
        <source>Half of what you put somewhere is held back, the other half teaches: so many more find their cluster with it than without. What does not help is off.</source>
        <translation>您归类的图片中一半留作检验，另一半用于学习：这里显示学习后比不学习多找对了多少。没有帮助的会关闭。</translation>
    </message>
    <message>
        <source>This page</source>
        <translation>本页</translation>
    </message>
    <message>
        <source>Where does this picture belong?</source>
        <translation>这张图片属于哪里？</translation>
    </message>
    <message>
        <source>here now</source>
        <translation>目前在此</translation>
    </message>
</context>
<context>
    <name>DuplicatesBar</name>
    <message>
        <source>All in {0}</source>
        <translation>{0} 中的全部</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>How sure it must be that two pictures are copies</source>
        <translation>判定两张图片为副本所需的把握</translation>
    </message>
    <message>
        <source>Keep all in ...</source>
        <translation>保留全部，位于…</translation>
    </message>
    <message>
        <source>Kind of duplicates</source>
        <translation>重复的类型</translation>
    </message>
    <message>
        <source>Loose</source>
        <translation>宽松</translation>
    </message>
    <message>
        <source>Loose to strict</source>
        <translation>从宽松到严格</translation>
    </message>
    <message>
        <source>Move it to ...</source>
        <translation>移到…</translation>
    </message>
    <message>
        <source>Move what may go into a folder</source>
        <translation>将可去掉的移到文件夹</translation>
    </message>
    <message>
        <source>Reject it</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Select what may go</source>
        <translation>选择可去掉的</translation>
    </message>
    <message>
        <source>Stays:</source>
        <translation>保留：</translation>
    </message>
    <message>
        <source>Strict</source>
        <translation>严格</translation>
    </message>
    <message>
        <source>To the trash ...</source>
        <translation>移到回收站…</translation>
    </message>
    <message>
        <source>Twenty questions ...</source>
        <translation>二十个问题…</translation>
    </message>
    <message>
        <source>What lies here always stays</source>
        <translation>位于此处的始终保留</translation>
    </message>
    <message>
        <source>What of a group stays</source>
        <translation>每组保留哪张</translation>
    </message>
</context>
<context>
    <name>DuplicatesView</name>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>%n 组</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) may go, and are selected.</source>
        <translation>
            <numerusform>%n 张图片可去掉，已选中。</numerusform>
        </translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>副本</translation>
    </message>
    <message>
        <source>Duplicates are looked for among whole pictures, and objects are sorted here.</source>
        <translation>重复只在整张图片之间查找，而这里整理的是物体。</translation>
    </message>
    <message>
        <source>Looking for duplicates</source>
        <translation>正在查找重复</translation>
    </message>
    <message>
        <source>No two pictures are duplicates.</source>
        <translation>没有重复的图片。</translation>
    </message>
    <message>
        <source>Of 1,000 such pairs about {0} are expected to be no copies.</source>
        <translation>在 1,000 对这样的图片中，预计约 {0} 对不是副本。</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>同一时刻</translation>
    </message>
    <message>
        <source>Same file</source>
        <translation>相同文件</translation>
    </message>
    <message>
        <source>Same picture, other metadata</source>
        <translation>相同图片，元数据不同</translation>
    </message>
    <message>
        <source>The pictures have not been compared yet.</source>
        <translation>图片尚未比较。</translation>
    </message>
    <message>
        <source>What this model sees is not counted: copies are told by looks alone.</source>
        <translation>此模型所见不计入：副本仅按外观判定。</translation>
    </message>
    <message>
        <source>{0} stays</source>
        <translation>保留 {0}</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>%n file(s) cannot be exported.</source>
        <translation>
            <numerusform>%n 个文件无法导出。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) that belong to pictures go with them.</source>
        <translation>
            <numerusform>属于图片的 %n 个文件会一并处理。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) there already get another place.</source>
        <translation>
            <numerusform>那里已有的 %n 个文件会换到别的位置。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) there make room; undo brings them back.</source>
        <translation>
            <numerusform>那里的 %n 个文件会让位；撤销可将其恢复。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) there stay as you have them.</source>
        <translation>
            <numerusform>那里的 %n 个文件保持您更改后的样子。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) to write.</source>
        <translation>
            <numerusform>将写入 %n 个文件。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) were taken and got a number.</source>
        <translation>
            <numerusform>%n 个名称已被占用，已加上编号。</numerusform>
        </translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>变为</translation>
    </message>
    <message>
        <source>Bring back what was thrown away there</source>
        <translation>恢复在那里被扔掉的文件</translation>
    </message>
    <message>
        <source>Choose ...</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Folder to write to</source>
        <translation>目标文件夹</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Looking at the folder ...</source>
        <translation>正在查看文件夹…</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>命名</translation>
    </message>
    <message>
        <source>Needs {0}, free: {1}.</source>
        <translation>需要 {0}，可用：{1}。</translation>
    </message>
    <message>
        <source>Objects, cut out, instead of whole pictures</source>
        <translation>导出裁剪出的物体，而不是整张图片</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>That does not fit. Choose another folder.</source>
        <translation>空间不足，请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The table shows the first {0}.</source>
        <translation>表格显示前 {0} 项。</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Unsorted as well</source>
        <translation>包括未归类的图片</translation>
    </message>
    <message>
        <source>What belongs to a picture travels along (RAW, sidecars ...)</source>
        <translation>属于图片的文件一并导出（RAW、附属文件等）</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>将要执行的操作</translation>
    </message>
    <message>
        <source>XMP sidecars (cluster, stars, labels)</source>
        <translation>XMP 附属文件（聚类、星级、标签）</translation>
    </message>
    <message>
        <source>makes room</source>
        <translation>让位</translation>
    </message>
    <message>
        <source>stays behind: {0}</source>
        <translation>不导出：{0}</translation>
    </message>
    <message>
        <source>{0} (the name was taken)</source>
        <translation>{0}（名称已被占用）</translation>
    </message>
    <message>
        <source>{0} (there already)</source>
        <translation>{0}（已存在）</translation>
    </message>
    <message>
        <source>{0} (until now {1})</source>
        <translation>{0}（此前为 {1}）</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Any flag</source>
        <translation>任意旗标</translation>
    </message>
    <message>
        <source>Any or no label</source>
        <translation>任意标签或无标签</translation>
    </message>
    <message>
        <source>Any stars</source>
        <translation>任意星级</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Save this one ...</source>
        <translation>保存此筛选…</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Show all again</source>
        <translation>重新显示全部</translation>
    </message>
    <message>
        <source>Words or a condition</source>
        <translation>词语或条件</translation>
    </message>
    <message>
        <source>Words, or: stars&gt;=3 and not rejected</source>
        <translation>词语，或：stars&gt;=3 and not rejected</translation>
    </message>
    <message>
        <source>{0}; click to take it away</source>
        <translation>{0}；点按可移除</translation>
    </message>
</context>
<context>
    <name>Filtering</name>
    <message>
        <source>?</source>
        <translation>？</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Save this filter</source>
        <translation>保存此筛选</translation>
    </message>
</context>
<context>
    <name>FindingAlike</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) stand out as alike; the rest follow below the line.</source>
        <translation>
            <numerusform>有 %n 张图片明显相似；其余的排在分界线之下。</numerusform>
        </translation>
    </message>
    <message>
        <source>Least like what you chose</source>
        <translation>与所选最不相似</translation>
    </message>
    <message>
        <source>Less and less like it</source>
        <translation>相似度依次降低</translation>
    </message>
    <message>
        <source>Like {0}</source>
        <translation>与 {0} 相似</translation>
    </message>
    <message numerus="yes">
        <source>Like {0}, and not like %n other(s)</source>
        <translation>
            <numerusform>与 {0} 相似，且不像另外 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Like {0}, and “{1}”</source>
        <translation>与 {0} 相似，并且“{1}”</translation>
    </message>
    <message>
        <source>Looking at the picture</source>
        <translation>正在识别图片</translation>
    </message>
    <message>
        <source>Nothing stands out: all pictures, the most alike first.</source>
        <translation>没有特别突出的：全部图片，最相似的在前。</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>正在搜索</translation>
    </message>
    <message>
        <source>This model has looked at none of the pictures yet.</source>
        <translation>此模型尚未识别任何图片。</translation>
    </message>
    <message>
        <source>a part of {0}</source>
        <translation>{0} 的一部分</translation>
    </message>
    <message>
        <source>the picture</source>
        <translation>该图片</translation>
    </message>
    <message numerus="yes">
        <source>these %n picture(s)</source>
        <translation>
            <numerusform>这 %n 张图片</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingsDialog</name>
    <message>
        <source>All is well.</source>
        <translation>一切正常。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>这台电脑</translation>
    </message>
</context>
<context>
    <name>FlowView</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>From which clusters pictures went to which</source>
        <translation>图片从哪些聚类去了哪些聚类</translation>
    </message>
    <message>
        <source>{0} to {1}: {2}</source>
        <translation>{0} 到 {1}：{2}</translation>
    </message>
</context>
<context>
    <name>Folders</name>
    <message>
        <source>Add a folder of pictures</source>
        <translation>添加图片文件夹</translation>
    </message>
    <message>
        <source>Open a folder of pictures</source>
        <translation>打开图片文件夹</translation>
    </message>
</context>
<context>
    <name>GridPresenter</name>
    <message>
        <source>No more suggestions: every picture is where most of those like it are.</source>
        <translation>没有更多建议：每张图片都与大多数相似的图片在一起。</translation>
    </message>
    <message>
        <source>No name or folder here contains these words.</source>
        <translation>这里没有名称或文件夹包含这些词。</translation>
    </message>
    <message>
        <source>No picture here is as the filter asks for.</source>
        <translation>这里没有符合筛选条件的图片。</translation>
    </message>
    <message>
        <source>No pictures are here. Drag some onto the card of this cluster.</source>
        <translation>这里没有图片。把图片拖到这个聚类的卡片上。</translation>
    </message>
    <message>
        <source>No pictures in this folder.
Open another one with Ctrl+O, or drop one on this window.</source>
        <translation>此文件夹中没有图片。
用 Ctrl+O 打开另一个，或把文件夹拖到此窗口。</translation>
    </message>
    <message numerus="yes">
        <source>None of the %n file(s) here could be read. Problems, on the left, says why.</source>
        <translation>
            <numerusform>这里的 %n 个文件都无法读取。左侧的“问题”会说明原因。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is unsorted. Drag pictures here, or press Backspace, to put them aside.</source>
        <translation>没有未归类的图片。把图片拖到这里或按退格键，即可先放在一边。</translation>
    </message>
    <message>
        <source>Rather in {0}?</source>
        <translation>是否应属于 {0}？</translation>
    </message>
</context>
<context>
    <name>GridSide</name>
    <message>
        <source>Back to the pictures of the card</source>
        <translation>返回卡片的图片</translation>
    </message>
    <message>
        <source>Order of the pictures</source>
        <translation>图片排序</translation>
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation>图片大小</translation>
    </message>
</context>
<context>
    <name>GrowDialog</name>
    <message>
        <source>&amp;Move all {0}</source>
        <translation>全部移动 {0}(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;None of them (N)</source>
        <translation>都不是 (N)(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Nothing (N)</source>
        <translation>不移动 (N)(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Yes, all of them ({0})</source>
        <translation>是，全部 ({0})(&amp;Y)</translation>
    </message>
    <message>
        <source>Enter goes on, N goes back, arrows say where it stops. Backspace: one answer back. Esc: nothing.</source>
        <translation>Enter 继续，N 后退，方向键指出在哪里停止。退格键：撤回一个回答。Esc：什么也不做。</translation>
    </message>
    <message>
        <source>It stops &amp;here ({0})</source>
        <translation>到此为止 ({0})(&amp;H)</translation>
    </message>
    <message>
        <source>The likeliest first</source>
        <translation>最可能的在前</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>Contents</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>指南</translation>
    </message>
    <message>
        <source>Search the guide</source>
        <translation>搜索指南</translation>
    </message>
</context>
<context>
    <name>Helping</name>
    <message>
        <source>Checking this computer</source>
        <translation>正在检查这台电脑</translation>
    </message>
    <message>
        <source>This copy of Shoal came without its guide.</source>
        <translation>此 Shoal 副本不含指南。</translation>
    </message>
</context>
<context>
    <name>ImageGrid</name>
    <message numerus="yes">
        <source>%n near-identical picture(s)</source>
        <translation>
            <numerusform>%n 张几乎相同的图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Its file is no longer there</source>
        <translation>其文件已不存在</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>The dot: kept here, whatever is clustered again</source>
        <translation>圆点：固定在此，重新聚类也不变</translation>
    </message>
    <message numerus="yes">
        <source>{0} of %n picture(s), kept whole</source>
        <translation>
            <numerusform>%n 张图片的{0}，保持完整</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Importing</name>
    <message numerus="yes">
        <source>%n picture(s) moved as the table says.</source>
        <translation>
            <numerusform>已按表格移动 %n 张图片。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) belong to no picture here.</source>
        <translation>
            <numerusform>有 %n 行不对应这里的任何图片。</numerusform>
        </translation>
    </message>
    <message>
        <source>Load clusters from a table</source>
        <translation>从表格载入聚类</translation>
    </message>
    <message>
        <source>Reading the table</source>
        <translation>正在读取表格</translation>
    </message>
    <message>
        <source>Tables of clusters</source>
        <translation>聚类表格</translation>
    </message>
</context>
<context>
    <name>Inspecting</name>
    <message>
        <source>A close call: {0} fits nearly as well. Most similar pictures:</source>
        <translation>难分高下：{0} 也几乎同样合适。最相似的图片：</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>聚类</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>符合程度</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>旗标</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>It fits here; the next best would be {0}. Most similar pictures:</source>
        <translation>放在这里合适，其次是 {0}。最相似的图片：</translation>
    </message>
    <message>
        <source>It would fit {0} a little better. Most similar pictures:</source>
        <translation>它可能更适合 {0}。最相似的图片：</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>识别部分</translation>
    </message>
    <message>
        <source>Main object</source>
        <translation>主要物体</translation>
    </message>
    <message>
        <source>Most similar pictures:</source>
        <translation>最相似的图片：</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>物体</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>清晰度</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>星级</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>拍摄时间</translation>
    </message>
    <message>
        <source>The file is damaged; only a part of it could be read.</source>
        <translation>文件已损坏，只能读取一部分。</translation>
    </message>
    <message>
        <source>With</source>
        <translation>附带</translation>
    </message>
    <message>
        <source>this part, {0} of the picture</source>
        <translation>此部分，占图片的 {0}</translation>
    </message>
    <message>
        <source>{0} (kept)</source>
        <translation>{0}（已固定）</translation>
    </message>
    <message>
        <source>{0} here, {1} in {2}</source>
        <translation>此处 {0}，{2} {1}</translation>
    </message>
    <message>
        <source>{0}, looks blurred</source>
        <translation>{0}，看起来模糊</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Click a picture to see it here, and why it is in its cluster.</source>
        <translation>点击一张图片，在这里查看它以及它属于该聚类的原因。</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Look at it large  (Space)</source>
        <translation>放大查看（空格）</translation>
    </message>
    <message>
        <source>Most pictures like this one are in {0}.</source>
        <translation>与它相似的图片大多在 {0}。</translation>
    </message>
    <message>
        <source>Move it there  (Y)</source>
        <translation>移过去 (Y)</translation>
    </message>
    <message>
        <source>Not there  (N)</source>
        <translation>不属于那里 (N)</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Show this picture</source>
        <translation>显示这张图片</translation>
    </message>
    <message>
        <source>Similar picture, {0}</source>
        <translation>相似图片，{0}</translation>
    </message>
</context>
<context>
    <name>JobPanel</name>
    <message>
        <source>Afterwards: {0}</source>
        <translation>之后：{0}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Stopping ...</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>剩余 {0}</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>{0} per second</source>
        <translation>每秒 {0} 张</translation>
    </message>
</context>
<context>
    <name>KeptFiles</name>
    <message numerus="yes">
        <source>%n file(s) stay in {0}:</source>
        <translation>
            <numerusform>%n 个文件留在 {0} 中：</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are copies that can go to the trash, from where you can bring them back.</source>
        <translation>
            <numerusform>其中 %n 个是副本，可以移到回收站，之后仍可从那里恢复。</numerusform>
        </translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Files that stay</source>
        <translation>保留的文件</translation>
    </message>
    <message>
        <source>Leave them</source>
        <translation>保留它们</translation>
    </message>
    <message>
        <source>Move these to the trash</source>
        <translation>将这些文件移到回收站</translation>
    </message>
    <message>
        <source>Taken back, but for these</source>
        <translation>已撤回，但以下文件除外</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Add to the selection, take away from it</source>
        <translation>添加到选区，从选区去除</translation>
    </message>
    <message>
        <source>Change keys ...</source>
        <translation>更改按键…</translation>
    </message>
    <message>
        <source>Ctrl + 1-9</source>
        <translation>Ctrl + 1-9</translation>
    </message>
    <message>
        <source>Ctrl + wheel</source>
        <translation>Ctrl + 滚轮</translation>
    </message>
    <message>
        <source>Give it and go on to the next picture</source>
        <translation>给出标记并转到下一张图片</translation>
    </message>
    <message>
        <source>Give the chosen card that key, for good</source>
        <translation>将该按键永久分配给所选卡片</translation>
    </message>
    <message>
        <source>In the pictures and on the map</source>
        <translation>在图片和地图中</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Look at the picture large; arrows go on</source>
        <translation>查看大图；方向键切换</translation>
    </message>
    <message>
        <source>Send the selection to the cluster with that key</source>
        <translation>把所选放到使用该按键的聚类</translation>
    </message>
    <message>
        <source>Shift + a mark</source>
        <translation>Shift + 标记键</translation>
    </message>
    <message>
        <source>Shift, Alt + drag</source>
        <translation>Shift、Alt + 拖动</translation>
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation>图片大小</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Wheel, middle button</source>
        <translation>滚轮、中键</translation>
    </message>
    <message>
        <source>With Digits give stars and labels: stars to 5, then red, yellow, green, blue</source>
        <translation>启用“数字键给出星级和标签”时：0 至 5 为星级，其后为红、黄、绿、蓝</translation>
    </message>
    <message>
        <source>Zoom and move the map</source>
        <translation>缩放和移动地图</translation>
    </message>
</context>
<context>
    <name>KnownBins</name>
    <message>
        <source>Reading bins</source>
        <translation>正在读取分类方案</translation>
    </message>
    <message>
        <source>Save bins</source>
        <translation>保存分类方案</translation>
    </message>
    <message>
        <source>Saved as {0}</source>
        <translation>已保存为 {0}</translation>
    </message>
    <message>
        <source>Saving bins</source>
        <translation>正在保存分类方案</translation>
    </message>
    <message>
        <source>Schemes of bins</source>
        <translation>分类方案</translation>
    </message>
    <message>
        <source>Sort into bins</source>
        <translation>按分类方案整理</translation>
    </message>
</context>
<context>
    <name>LabelEditor</name>
    <message>
        <source>Name of the cluster</source>
        <translation>聚类的名称</translation>
    </message>
</context>
<context>
    <name>LearningMetric</name>
    <message>
        <source>Learning what counts</source>
        <translation>正在学习什么重要</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>度量</translation>
    </message>
    <message numerus="yes">
        <source>Of %n picture(s) held back {0:.0%} found their cluster before, {1:.0%} now.</source>
        <translation>
            <numerusform>在留出的 %n 张图片中，之前有 {0:.0%} 找到了所属聚类，现在有 {1:.0%}。</numerusform>
        </translation>
    </message>
    <message>
        <source>The pictures have not been looked at yet.</source>
        <translation>尚未查看这些图片。</translation>
    </message>
    <message>
        <source>Where to keep what is learnt</source>
        <translation>学到的内容保存在哪里</translation>
    </message>
</context>
<context>
    <name>Loupe</name>
    <message>
        <source>Large picture</source>
        <translation>大图</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>&amp;Panels</source>
        <translation>面板(&amp;P)</translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation>聚类</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
</context>
<context>
    <name>MapLegend</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>以及另外 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>MapPresenter</name>
    <message>
        <source>Cluster</source>
        <translation>聚类</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Nobody knows</source>
        <translation>无人知晓</translation>
    </message>
    <message>
        <source>Parent of the cluster</source>
        <translation>聚类的上级</translation>
    </message>
    <message>
        <source>The map appears when the pictures have been looked at.</source>
        <translation>识别完图片后将显示地图。</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>Colour the map by</source>
        <translation>地图着色依据</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>密度</translation>
    </message>
    <message>
        <source>Drag the map. The middle mouse button always does.</source>
        <translation>拖动地图。鼠标中键随时可以拖动。</translation>
    </message>
    <message>
        <source>Draw a rectangle. Shift adds, Alt takes away.</source>
        <translation>拖出矩形。Shift 添加，Alt 去除。</translation>
    </message>
    <message>
        <source>Draw around points. Shift adds, Alt takes away.</source>
        <translation>圈选图片点。Shift 添加，Alt 去除。</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Map of the pictures</source>
        <translation>图片地图</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Points and outlines</source>
        <translation>点和轮廓</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Show the map as</source>
        <translation>地图显示方式</translation>
    </message>
    <message>
        <source>Show the map as points, with outlines of clusters, or as a density</source>
        <translation>将地图显示为点、带聚类轮廓的点，或密度</translation>
    </message>
    <message>
        <source>Show the whole map</source>
        <translation>显示整张地图</translation>
    </message>
    <message>
        <source>Zoom to the selection</source>
        <translation>缩放到所选</translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message>
        <source>&amp;Later (L)</source>
        <translation>以后(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Merge (M)</source>
        <translation>合并(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Never (N)</source>
        <translation>永不(&amp;N)</translation>
    </message>
    <message>
        <source>Are these the same? Their middles are {0} alike.</source>
        <translation>它们是同一类吗？中心相似度为 {0}。</translation>
    </message>
    <message>
        <source>Looking for the clusters that are the most alike ...</source>
        <translation>正在寻找最相似的聚类……</translation>
    </message>
    <message>
        <source>Merge the most alike</source>
        <translation>合并最相似的聚类</translation>
    </message>
    <message>
        <source>Merge the most alike: {0} of {1}</source>
        <translation>合并最相似的：第 {0} 对，共 {1} 对</translation>
    </message>
    <message>
        <source>Never is remembered. Ctrl+Z takes the last answer back.</source>
        <translation>“永不”会被记住。Ctrl+Z 撤回上一个回答。</translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>More ...</source>
        <translation>更多…</translation>
    </message>
</context>
<context>
    <name>ModelRankingDialog</name>
    <message numerus="yes">
        <source>%n correction(s)</source>
        <translation>
            <numerusform>%n 处更正</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Use this model</source>
        <translation>使用此模型(&amp;U)</translation>
    </message>
    <message>
        <source>95% sure between</source>
        <translation>95% 置信区间</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>一致率</translation>
    </message>
    <message>
        <source>Agreement counts the pictures that you moved or kept. NMI compares with all clusters as they stand, most of which the present model has proposed: it favours that one.</source>
        <translation>“一致率”只计您移动或保留的图片。NMI 与现有的全部聚类比较，而这些聚类大多由当前模型提出，因此会偏向当前模型。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Models, the best first</source>
        <translation>模型，最佳在前</translation>
    </message>
    <message>
        <source>NMI</source>
        <translation>NMI</translation>
    </message>
    <message>
        <source>Which model agrees best with my corrections</source>
        <translation>哪个模型最符合我的更正</translation>
    </message>
    <message>
        <source>{0} agrees best with your {1}.</source>
        <translation>{0} 最符合您的 {1}。</translation>
    </message>
    <message>
        <source>{0} cannot tell these apart: {1}.</source>
        <translation>{0}还无法区分以下模型：{1}。</translation>
    </message>
    <message>
        <source>{0}: too few to tell which model is better.</source>
        <translation>{0}：太少，无法判断哪个模型更好。</translation>
    </message>
</context>
<context>
    <name>MomentDial</name>
    <message>
        <source>How much counts when pictures were taken, in percent: 0 for looks only</source>
        <translation>拍摄时间占多大比重（百分比）：0 表示只看外观</translation>
    </message>
    <message>
        <source>Looks or moment</source>
        <translation>外观或时刻</translation>
    </message>
</context>
<context>
    <name>MoreDialog</name>
    <message>
        <source>&amp;Accept all ({0})</source>
        <translation>全部接受（{0}）(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Accept down to here ({0})</source>
        <translation>接受到此处（{0}）(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;None of them (N)</source>
        <translation>全都不是(&amp;N)</translation>
    </message>
    <message>
        <source>Arrows say down to where. What is refused is not shown again. Esc: later.</source>
        <translation>用方向键指定到哪里为止。拒绝的不再显示。Esc：以后。</translation>
    </message>
    <message>
        <source>More like these</source>
        <translation>更多类似的</translation>
    </message>
    <message>
        <source>The likeliest</source>
        <translation>最可能的</translation>
    </message>
</context>
<context>
    <name>NamePicker</name>
    <message>
        <source>A few letters of a name</source>
        <translation>名称中的几个字母</translation>
    </message>
    <message>
        <source>A name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation>聚类</translation>
    </message>
    <message>
        <source>New: “{0}”</source>
        <translation>新建：“{0}”</translation>
    </message>
</context>
<context>
    <name>Naming</name>
    <message numerus="yes">
        <source>Named %n cluster(s).</source>
        <translation>
            <numerusform>已命名 %n 个聚类。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Unsure about %n, which keep their names.</source>
        <translation>
            <numerusform>另有 %n 个不确定，保留原名。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NamingPassDialog</name>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Enter takes the name, Esc skips. 1-5 sets what is like that face apart. Ctrl+Z takes back.</source>
        <translation>回车采用名称，Esc 跳过。1-5 将与该图片相似的分出。Ctrl+Z 撤回。</translation>
    </message>
    <message>
        <source>Enter: {0}</source>
        <translation>回车：{0}</translation>
    </message>
    <message>
        <source>Five pictures that differ</source>
        <translation>五张不同的图片</translation>
    </message>
    <message>
        <source>Name of this cluster</source>
        <translation>此聚类的名称</translation>
    </message>
    <message>
        <source>Names there are</source>
        <translation>已有的名称</translation>
    </message>
    <message>
        <source>Naming pass</source>
        <translation>逐个命名</translation>
    </message>
    <message>
        <source>Type a name; one there is: its first letters</source>
        <translation>输入名称；已有名称只需输入开头字母</translation>
    </message>
</context>
<context>
    <name>NewClusterTarget</name>
    <message>
        <source>Drop pictures here, or click to make a cluster of the selected ones</source>
        <translation>把图片拖到这里，或点击用所选图片新建聚类</translation>
    </message>
    <message>
        <source>New cluster</source>
        <translation>新建聚类</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Got it</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>Noticing</name>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message numerus="yes">
        <source>%n file(s) could not be read</source>
        <translation>
            <numerusform>%n 个文件无法读取</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are gone: their files are no longer there</source>
        <translation>
            <numerusform>其中 %n 张已不在：文件已不存在</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>聚类</translation>
    </message>
    <message>
        <source>Going back</source>
        <translation>正在返回</translation>
    </message>
    <message>
        <source>Grouping</source>
        <translation>正在聚类</translation>
    </message>
    <message>
        <source>Looking at what was added</source>
        <translation>正在查看新添加的内容</translation>
    </message>
    <message>
        <source>Looking for changes</source>
        <translation>正在查找变化</translation>
    </message>
    <message>
        <source>Offline: {0} is not there.</source>
        <translation>离线：{0} 不存在。</translation>
    </message>
    <message>
        <source>Only to look at: this project is open in another window, or may not be written. You can export it; to change it, close the other window and open the project again.</source>
        <translation>只供查看：该项目已在另一个窗口中打开，或者不可写入。您可以导出它；若要更改，请关闭另一个窗口，然后重新打开该项目。</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>正在打开</translation>
    </message>
    <message>
        <source>These pictures were sorted by {0}, and stay so. Another model is usual now: choose {1} in the list of models to have them looked at anew, which can be undone.</source>
        <translation>这些图片是用 {0} 整理的，保持不变。现在默认使用另一个模型：在模型列表中选择 {1}，即可重新识别图片；此操作可以撤销。</translation>
    </message>
</context>
<context>
    <name>OutlierList</name>
    <message numerus="yes">
        <source>%n picture(s) are unlike all others.</source>
        <translation>
            <numerusform>%n 张图片与其他所有图片都不相似。</numerusform>
        </translation>
    </message>
    <message>
        <source>Less and less odd</source>
        <translation>异常程度依次降低</translation>
    </message>
    <message>
        <source>No picture stands out; those least like the others come first.</source>
        <translation>没有突出的图片；最不像其他图片的排在最前。</translation>
    </message>
    <message>
        <source>Outliers</source>
        <translation>离群图片</translation>
    </message>
    <message>
        <source>The pictures have not been compared yet.</source>
        <translation>图片尚未比较。</translation>
    </message>
    <message>
        <source>These are too few pictures to tell which of them is odd.</source>
        <translation>图片太少，无法判断哪张异常。</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
</context>
<context>
    <name>Parenting</name>
    <message>
        <source>New parent</source>
        <translation>新上级</translation>
    </message>
    <message>
        <source>New parent {0}</source>
        <translation>新上级 {0}</translation>
    </message>
</context>
<context>
    <name>PastExporting</name>
    <message numerus="yes">
        <source>%n contradiction(s) in what is said about pictures.</source>
        <translation>
            <numerusform>关于图片的说法中有 %n 处矛盾。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) brought back from the trash.</source>
        <translation>
            <numerusform>已从回收站恢复 %n 个文件。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) had to be left out.</source>
        <translation>
            <numerusform>有 %n 个文件未能导出。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) in {0} have another place.</source>
        <translation>
            <numerusform>{0} 中的 %n 个文件换了位置。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) moved to the trash.</source>
        <translation>
            <numerusform>已将 %n 个文件移到回收站。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of other programs went with their pictures.</source>
        <translation>
            <numerusform>其他程序的 %n 个文件已随图片一起移动。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) stay where they are.</source>
        <translation>
            <numerusform>%n 个文件留在原处。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) there stay as you have them.</source>
        <translation>
            <numerusform>那里的 %n 个文件保持您更改后的样子。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written to {0}.</source>
        <translation>
            <numerusform>已将 %n 个文件写入 {0}。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sidecar(s) stayed without the cluster.</source>
        <translation>
            <numerusform>%n 个附属文件未能写入聚类。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n table(s) and sidecar(s) written.</source>
        <translation>
            <numerusform>已写入 %n 个表格和附属文件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Bringing back from the trash</source>
        <translation>正在从回收站恢复</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>正在导出</translation>
    </message>
    <message>
        <source>Moving to the trash</source>
        <translation>正在移到回收站</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Taking the export back</source>
        <translation>正在撤回导出</translation>
    </message>
    <message>
        <source>The export was taken back.</source>
        <translation>已撤回导出。</translation>
    </message>
</context>
<context>
    <name>PastExports</name>
    <message>
        <source>Go on with it</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Nothing has been exported yet.</source>
        <translation>还没有导出过。</translation>
    </message>
    <message>
        <source>Past exports</source>
        <translation>以往的导出</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>To</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Ask when the first one is written</source>
        <translation>写入第一个时询问</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Darker</source>
        <translation>更深</translation>
    </message>
    <message>
        <source>Every object by itself</source>
        <translation>每个物体单独整理</translation>
    </message>
    <message>
        <source>IMG_1.JPG.xmp (darktable, digiKam)</source>
        <translation>IMG_1.JPG.xmp（darktable、digiKam）</translation>
    </message>
    <message>
        <source>IMG_1.xmp (Lightroom, Capture One, Bridge)</source>
        <translation>IMG_1.xmp（Lightroom、Capture One、Bridge）</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Pictures, by their main object</source>
        <translation>按主要物体整理图片</translation>
    </message>
    <message>
        <source>The background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>The colours of the subject</source>
        <translation>主体的颜色</translation>
    </message>
    <message>
        <source>The subject</source>
        <translation>主体</translation>
    </message>
    <message>
        <source>The whole picture</source>
        <translation>整张图片</translation>
    </message>
    <message>
        <source>Whole pictures</source>
        <translation>整张图片</translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Files that could not be read</source>
        <translation>无法读取的文件</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>在文件管理器中显示</translation>
    </message>
    <message>
        <source>These files could not be read, or only in part, or are of kinds that are not looked at. Everything else was sorted.</source>
        <translation>这些文件无法读取、只能读取一部分，或属于不识别的类型。其余的都已整理。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>Projects</name>
    <message>
        <source>If they are on a drive, plug it in and look again. If the folder was moved, show where it is now. Until then you can look at your clusters and change them.</source>
        <translation>如果图片在移动驱动器上，请连接后重新查找。如果文件夹被移动过，请指出它现在的位置。在此之前，您仍可查看和修改聚类。</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Pictures not found</source>
        <translation>找不到图片</translation>
    </message>
    <message>
        <source>Save the project as</source>
        <translation>项目另存为</translation>
    </message>
    <message>
        <source>Saving the project</source>
        <translation>正在保存项目</translation>
    </message>
    <message>
        <source>Shoal projects (*{0})</source>
        <translation>Shoal 项目 (*{0})</translation>
    </message>
    <message>
        <source>Show the folder ...</source>
        <translation>指出文件夹…</translation>
    </message>
    <message>
        <source>The project is kept in {0} from now on.</source>
        <translation>项目今后保存在 {0}。</translation>
    </message>
    <message>
        <source>These pictures are not where they were:
{0}</source>
        <translation>这些图片不在原来的位置：
{0}</translation>
    </message>
    <message>
        <source>Where is {0} now?</source>
        <translation>{0} 现在在哪里？</translation>
    </message>
</context>
<context>
    <name>QuestionDialog</name>
    <message>
        <source>Is one of these made from the other?</source>
        <translation>其中一张是由另一张制成的吗？</translation>
    </message>
    <message>
        <source>Same or not?</source>
        <translation>相同与否？</translation>
    </message>
    <message>
        <source>The same picture (Y)</source>
        <translation>同一张图片(Y)</translation>
    </message>
    <message>
        <source>Two pictures (N)</source>
        <translation>两张图片(N)</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>第 {0} 个，共 {1} 个</translation>
    </message>
</context>
<context>
    <name>Recent</name>
    <message numerus="yes">
        <source>%n cluster(s)</source>
        <translation>
            <numerusform>%n 个聚类</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>{0} (offline)</source>
        <translation>{0}（离线）</translation>
    </message>
</context>
<context>
    <name>RecipeForm</name>
    <message>
        <source>As Shoal thinks best</source>
        <translation>按 Shoal 的最佳判断</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>聚类</translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation>聚类</translation>
    </message>
    <message>
        <source>How to cluster</source>
        <translation>如何聚类</translation>
    </message>
    <message>
        <source>How vectors are normalised</source>
        <translation>如何归一化向量</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Normalise</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>Number of clusters</source>
        <translation>聚类数</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>原始值</translation>
    </message>
    <message>
        <source>Reduce</source>
        <translation>降维</translation>
    </message>
    <message>
        <source>StandardScaler</source>
        <translation>StandardScaler</translation>
    </message>
    <message>
        <source>Unit length</source>
        <translation>单位长度</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
</context>
<context>
    <name>RecipePage</name>
    <message>
        <source>From the pictures that you put or kept where they are, as a file</source>
        <translation>根据您放置或保留在原处的图片学习，存为文件</translation>
    </message>
    <message>
        <source>How it came about</source>
        <translation>如何得出</translation>
    </message>
    <message>
        <source>How many clusters?</source>
        <translation>多少个聚类？</translation>
    </message>
    <message>
        <source>How well pictures fit their clusters</source>
        <translation>图片与其聚类的契合程度</translation>
    </message>
    <message>
        <source>Its pictures fit other clusters nearly as well. Enter shows ways to split it.</source>
        <translation>其中的图片与其他聚类几乎同样契合。按 Enter 显示拆分方式。</translation>
    </message>
    <message>
        <source>Learn what counts ...</source>
        <translation>学习什么重要……</translation>
    </message>
    <message>
        <source>Model: {0}</source>
        <translation>模型：{0}</translation>
    </message>
    <message>
        <source>Open ...</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Recipes by name</source>
        <translation>按名称选择配方</translation>
    </message>
    <message>
        <source>Save ...</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Silhouette {0:.3f}, from -1 to 1; above 0.5 is good.</source>
        <translation>轮廓系数 {0:.3f}，范围 -1 到 1；高于 0.5 为好。</translation>
    </message>
    <message>
        <source>Sort like this</source>
        <translation>按此整理</translation>
    </message>
    <message>
        <source>The silhouette is known when there are several clusters.</source>
        <translation>有多个聚类时才有轮廓系数。</translation>
    </message>
    <message>
        <source>What came of it</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>layer {0}</source>
        <translation>层 {0}</translation>
    </message>
    <message>
        <source>metric {0}</source>
        <translation>度量 {0}</translation>
    </message>
    <message>
        <source>mixed: split?</source>
        <translation>混杂：拆分？</translation>
    </message>
</context>
<context>
    <name>Recipes</name>
    <message numerus="yes">
        <source>Best where %n picture(s) make a cluster, by the silhouette</source>
        <translation>
            <numerusform>按轮廓系数，以 %n 张图片成一个聚类为最佳</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Best with %n cluster(s), by the silhouette</source>
        <translation>
            <numerusform>按轮廓系数，以 %n 个聚类为最佳</numerusform>
        </translation>
    </message>
    <message>
        <source>Open a recipe</source>
        <translation>打开配方</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>正在打开</translation>
    </message>
    <message>
        <source>Recipes</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Save the recipe</source>
        <translation>保存配方</translation>
    </message>
    <message>
        <source>Saved as {0}</source>
        <translation>已保存为 {0}</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>The pictures have not been looked at yet.</source>
        <translation>尚未查看这些图片。</translation>
    </message>
    <message>
        <source>Trying numbers of clusters</source>
        <translation>正在尝试不同的聚类数</translation>
    </message>
</context>
<context>
    <name>ReducingFields</name>
    <message>
        <source>As Shoal thinks best</source>
        <translation>按 Shoal 的最佳判断</translation>
    </message>
    <message>
        <source>How numbers become fewer</source>
        <translation>如何减少数值</translation>
    </message>
    <message>
        <source>Not at all</source>
        <translation>完全不</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Numbers for each picture</source>
        <translation>每张图片的数值</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>UMAP&apos;s metric</source>
        <translation>UMAP 的 metric</translation>
    </message>
    <message>
        <source>UMAP&apos;s min_dist</source>
        <translation>UMAP 的 min_dist</translation>
    </message>
    <message>
        <source>UMAP&apos;s n_neighbors</source>
        <translation>UMAP 的 n_neighbors</translation>
    </message>
</context>
<context>
    <name>Restoring</name>
    <message>
        <source>A backup from the last time it was closed is kept. It can take the place of the damaged file, which is set aside and not deleted. Your pictures are not touched.</source>
        <translation>上次关闭时的备份仍在。它可以替换损坏的文件，损坏的文件会被移到一旁而不会删除。您的图片不受影响。</translation>
    </message>
    <message>
        <source>Restore the backup</source>
        <translation>恢复备份</translation>
    </message>
    <message>
        <source>Restored from its backup. The damaged file is {0}.</source>
        <translation>已从备份恢复。损坏的文件是 {0}。</translation>
    </message>
    <message>
        <source>Restoring the backup</source>
        <translation>正在恢复备份</translation>
    </message>
    <message>
        <source>The project is damaged</source>
        <translation>项目已损坏</translation>
    </message>
</context>
<context>
    <name>RunsAtHand</name>
    <message>
        <source>As it is now</source>
        <translation>现在的状态</translation>
    </message>
    <message>
        <source>Comparing {0} and {1}</source>
        <translation>正在比较 {0} 和 {1}</translation>
    </message>
    <message>
        <source>Going back</source>
        <translation>正在恢复</translation>
    </message>
    <message>
        <source>Keeping</source>
        <translation>正在保存结果</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>保存图像</translation>
    </message>
    <message>
        <source>Saved as {0}</source>
        <translation>已保存为 {0}</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>正在保存</translation>
    </message>
</context>
<context>
    <name>RunsBox</name>
    <message numerus="yes">
        <source>%n cluster(s)</source>
        <translation>
            <numerusform>%n 个聚类</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Compare ...</source>
        <translation>比较……</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Enter compares, F2 renames, Delete deletes</source>
        <translation>Enter 比较，F2 重命名，Delete 删除</translation>
    </message>
    <message>
        <source>Go back to it</source>
        <translation>恢复到此结果</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Name for this result</source>
        <translation>此结果的名称</translation>
    </message>
    <message>
        <source>Name to keep this result under</source>
        <translation>保存此结果所用的名称</translation>
    </message>
    <message>
        <source>Results that are kept</source>
        <translation>已保存的结果</translation>
    </message>
    <message>
        <source>Results under names</source>
        <translation>命名的结果</translation>
    </message>
</context>
<context>
    <name>RunsDialog</name>
    <message numerus="yes">
        <source>%n picture(s) changed cluster</source>
        <translation>
            <numerusform>%n 张图片换了聚类</numerusform>
        </translation>
    </message>
    <message>
        <source>All others</source>
        <translation>其他所有</translation>
    </message>
    <message>
        <source>As it is now</source>
        <translation>现在的状态</translation>
    </message>
    <message>
        <source>Compare results</source>
        <translation>比较结果</translation>
    </message>
    <message>
        <source>Save the picture ...</source>
        <translation>保存图像……</translation>
    </message>
    <message>
        <source>Select what changed</source>
        <translation>选中变化的图片</translation>
    </message>
    <message>
        <source>The one result</source>
        <translation>一个结果</translation>
    </message>
    <message>
        <source>The other result</source>
        <translation>另一个结果</translation>
    </message>
    <message>
        <source>Unsorted</source>
        <translation>未整理</translation>
    </message>
    <message>
        <source>adjusted Rand index {0:.3f}</source>
        <translation>调整兰德指数 {0:.3f}</translation>
    </message>
    <message>
        <source>of {0:,} that both know</source>
        <translation>（两者都有的共 {0:,} 张）</translation>
    </message>
</context>
<context>
    <name>Samples</name>
    <message>
        <source>Drawing sample pictures</source>
        <translation>正在绘制示例图片</translation>
    </message>
</context>
<context>
    <name>Searching</name>
    <message numerus="yes">
        <source>%n picture(s) show “{0}”, the best first.</source>
        <translation>
            <numerusform>%n 张图片符合“{0}”，最符合的在前。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing here looks like “{0}”.</source>
        <translation>这里没有与“{0}”相似的图片。</translation>
    </message>
    <message>
        <source>Nothing stands out for “{0}”: all pictures, the nearest first.</source>
        <translation>没有图片明显符合“{0}”：按相近程度列出全部图片。</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>正在搜索</translation>
    </message>
    <message>
        <source>This model has looked at none of the pictures yet.</source>
        <translation>此模型还没有看过这些图片。</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Unsorted</source>
        <translation>未归类</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>主题</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>As in</source>
        <translation>按键方案</translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation>更改按键</translation>
    </message>
    <message>
        <source>{0} belongs to the pictures and cannot be given away.</source>
        <translation>{0} 专用于图片，不能改作他用。</translation>
    </message>
    <message>
        <source>{0} is wanted by: {1}.</source>
        <translation>{0} 被多处使用：{1}。</translation>
    </message>
</context>
<context>
    <name>Showing</name>
    <message numerus="yes">
        <source>%n picture(s) selected</source>
        <translation>
            <numerusform>已选 %n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Clusters appear here when every picture has been looked at.</source>
        <translation>查看完所有图片后，聚类会显示在这里。</translation>
    </message>
    <message>
        <source>Clusters appear here when every picture has been looked at. You can sort meanwhile: choose pictures and press Ctrl+N. They stay where you put them.</source>
        <translation>查看完所有图片后，聚类会显示在这里。在此期间您可以手动整理：选择图片并按 Ctrl+N。它们会留在您放置的位置。</translation>
    </message>
    <message>
        <source>Not looked at</source>
        <translation>未识别</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>There are no clusters. Ctrl+R makes them anew; Ctrl+N makes one of the chosen pictures.</source>
        <translation>没有聚类。Ctrl+R 重新聚类；Ctrl+N 用所选图片新建一个。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Unsorted</source>
        <translation>未归类</translation>
    </message>
</context>
<context>
    <name>SmallMap</name>
    <message>
        <source>No map was kept with this result.</source>
        <translation>此结果没有保存地图。</translation>
    </message>
</context>
<context>
    <name>SplitDialog</name>
    <message>
        <source>Split {0}</source>
        <translation>拆分 {0}</translation>
    </message>
</context>
<context>
    <name>Splitting</name>
    <message>
        <source>Looking for parts</source>
        <translation>正在寻找可拆分的部分</translation>
    </message>
    <message>
        <source>Split in {0}</source>
        <translation>拆分为 {0} 个</translation>
    </message>
    <message>
        <source>Split off the selection</source>
        <translation>拆出所选</translation>
    </message>
    <message>
        <source>The cluster has changed meanwhile; split it again.</source>
        <translation>聚类已发生变化，请重新拆分。</translation>
    </message>
    <message>
        <source>This cluster is too small or too uniform to be split.</source>
        <translation>此聚类太小或过于一致，无法拆分。</translation>
    </message>
</context>
<context>
    <name>StackDialog</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) in them</source>
        <translation>
            <numerusform>其中 %n 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stack(s)</source>
        <translation>
            <numerusform>%n 叠</numerusform>
        </translation>
    </message>
    <message>
        <source>How alike</source>
        <translation>相似程度</translation>
    </message>
    <message>
        <source>How close in time</source>
        <translation>时间间隔</translation>
    </message>
    <message>
        <source>Left: only what pictures look like counts. Right: only when they were taken</source>
        <translation>左：只看图片的外观。右：只看拍摄时间</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Looks or moment</source>
        <translation>外观或时刻</translation>
    </message>
    <message>
        <source>Moment</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Stacks</source>
        <translation>堆叠</translation>
    </message>
    <message>
        <source>Taken within</source>
        <translation>拍摄间隔不超过</translation>
    </message>
    <message>
        <source>Whenever</source>
        <translation>任何时间</translation>
    </message>
</context>
<context>
    <name>TemplateField</name>
    <message>
        <source>For example {0}</source>
        <translation>例如 {0}</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Patterns to start from, and what can be put into a name</source>
        <translation>可用的样式，以及名称中可以使用的字段</translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>  Coarse </source>
        <translation>  粗 </translation>
    </message>
    <message>
        <source>  Looks </source>
        <translation>  外观 </translation>
    </message>
    <message>
        <source> Fine </source>
        <translation> 细 </translation>
    </message>
    <message>
        <source> Model </source>
        <translation> 模型 </translation>
    </message>
    <message>
        <source> Moment </source>
        <translation> 时刻 </translation>
    </message>
    <message>
        <source>Coarse to fine</source>
        <translation>从粗到细</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Fewer, larger clusters on the left; more, smaller ones on the right</source>
        <translation>向左：聚类少而大；向右：聚类多而小</translation>
    </message>
    <message>
        <source>Looks or moment</source>
        <translation>外观或时刻</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Names of files and folders, or what the pictures show</source>
        <translation>文件名、文件夹名，或图片的内容</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search names and folders</source>
        <translation>搜索文件名和文件夹</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>What clusters go by: on the left what pictures look like, on the right when they were taken</source>
        <translation>聚类依据：左端按图片的外观，右端按拍摄时间</translation>
    </message>
    <message>
        <source>What looks at the pictures</source>
        <translation>用什么识别图片</translation>
    </message>
    <message>
        <source>What they show, then Enter</source>
        <translation>描述图片内容，按回车</translation>
    </message>
    <message>
        <source>Where to search</source>
        <translation>搜索范围</translation>
    </message>
</context>
<context>
    <name>VerdictBar</name>
    <message numerus="yes">
        <source>%n star(s)</source>
        <translation>
            <numerusform>%n 星</numerusform>
        </translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>留用</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>排除</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Drop a folder of pictures here</source>
        <translation>将图片文件夹拖到这里</translation>
    </message>
    <message>
        <source>Everything stays on this computer: no account, no upload.
Your originals are never changed.</source>
        <translation>一切都留在这台电脑上：无需账号，绝不上传。
原图永远不会被更改。</translation>
    </message>
    <message>
        <source>First page</source>
        <translation>首页</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>Open folder ...</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Try it with sample pictures</source>
        <translation>用示例图片试试</translation>
    </message>
</context>
<context>
    <name>WhichPictures</name>
    <message>
        <source>All but rejected ones</source>
        <translation>除已排除的以外</translation>
    </message>
    <message>
        <source>All pictures</source>
        <translation>全部图片</translation>
    </message>
    <message>
        <source>Clusters to export</source>
        <translation>要导出的聚类</translation>
    </message>
    <message>
        <source>Only picked ones</source>
        <translation>仅留用的</translation>
    </message>
    <message numerus="yes">
        <source>Only the %n selected</source>
        <translation>
            <numerusform>仅选中的 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only the %n shown</source>
        <translation>
            <numerusform>仅显示的 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Only the top of each stack</source>
        <translation>仅每个堆叠的首张</translation>
    </message>
    <message>
        <source>The sharpest, or what you put on top; brackets, panoramas and focus series whole</source>
        <translation>最清晰的一张，或您置顶的一张；包围曝光、全景和对焦系列保持完整</translation>
    </message>
    <message>
        <source>Which pictures</source>
        <translation>哪些图片</translation>
    </message>
</context>
<context>
    <name>WordListDialog</name>
    <message>
        <source>&amp;Load a file ...</source>
        <translation>载入文件(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>命名(&amp;N)</translation>
    </message>
    <message>
        <source>A list of words</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Name clusters from a word list</source>
        <translation>按词表为聚类命名</translation>
    </message>
    <message>
        <source>One name a line, in English. A cluster gets the word that fits its pictures best, if most agree; names that you gave stay. One undo takes all of it back.</source>
        <translation>每行一个英文名称。若大多数图片一致，聚类就采用最合适的词；您起的名称保持不变。一次撤销即可全部还原。</translation>
    </message>
    <message>
        <source>Words, one a line</source>
        <translation>词语，每行一个</translation>
    </message>
    <message>
        <source>shoe
handbag
red dress</source>
        <translation>shoe
handbag
red dress</translation>
    </message>
</context>
<context>
    <name>Working</name>
    <message>
        <source>Close when it is done</source>
        <translation>完成后关闭</translation>
    </message>
    <message>
        <source>Keep Shoal open</source>
        <translation>不关闭 Shoal</translation>
    </message>
    <message>
        <source>Not finished yet: {0}</source>
        <translation>尚未完成：{0}</translation>
    </message>
    <message>
        <source>Shoal can close as soon as that is done. Stopped in the middle, an export can be gone on with or taken back later, under Past exports.</source>
        <translation>完成后 Shoal 即可关闭。若中途停止，之后可在“以往的导出”中继续或撤回该导出。</translation>
    </message>
    <message>
        <source>Something went wrong.</source>
        <translation>出错了。</translation>
    </message>
    <message>
        <source>Stop it and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Stopped. What is finished is kept.</source>
        <translation>已停止。已完成的部分会保留。</translation>
    </message>
</context>
<context>
    <name>Writing</name>
    <message numerus="yes">
        <source>%n cannot take them.</source>
        <translation>
            <numerusform>%n 个无法写入。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are new.</source>
        <translation>
            <numerusform>其中 %n 个是新建的。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) have no sidecar yet. Which program is to read it?</source>
        <translation>
            <numerusform>%n 张图片还没有附属文件。由哪个程序读取？</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sidecar(s) stay as they are.</source>
        <translation>
            <numerusform>%n 个附属文件保持不变。</numerusform>
        </translation>
    </message>
    <message>
        <source>Lightroom, Capture One, Bridge, Photo Mechanic:  IMG_1.xmp</source>
        <translation>Lightroom、Capture One、Bridge、Photo Mechanic：IMG_1.xmp</translation>
    </message>
    <message>
        <source>Only these fields change; the pictures themselves are not touched.</source>
        <translation>只更改这些字段；图片本身不会改动。</translation>
    </message>
    <message>
        <source>Sidecars</source>
        <translation>附属文件</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写入</translation>
    </message>
    <message numerus="yes">
        <source>Write stars, flags and labels into %n sidecar(s)?</source>
        <translation>
            <numerusform>将星级、旗标和标签写入 %n 个附属文件？</numerusform>
        </translation>
    </message>
    <message>
        <source>You are asked once; the settings can change it.</source>
        <translation>只询问一次；可在设置中更改。</translation>
    </message>
    <message>
        <source>darktable, digiKam:  IMG_1.JPG.xmp</source>
        <translation>darktable、digiKam：IMG_1.JPG.xmp</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>&amp;About Shoal and updates</source>
        <translation>关于 Shoal 和更新(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Add folder ...</source>
        <translation>添加文件夹(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Check this computer ...</source>
        <translation>检查这台电脑(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Cluster again</source>
        <translation>重新聚类(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Clusters</source>
        <translation>聚类(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Commands ...</source>
        <translation>命令(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Compare side by side</source>
        <translation>并排比较(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Digits give stars and labels</source>
        <translation>数字键给出星级和标签(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Dissolve</source>
        <translation>解散(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Duplicates</source>
        <translation>重复的图片(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Export ...</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Filter pictures</source>
        <translation>筛选图片(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Find similar, over all</source>
        <translation>在全部图片中查找相似(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Go on to the next picture</source>
        <translation>转到下一张图片(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Guide</source>
        <translation>指南(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keep here</source>
        <translation>固定在此(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Larger pictures</source>
        <translation>放大图片(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Less like these</source>
        <translation>不像这些(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Let go</source>
        <translation>取消固定(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Look for new pictures</source>
        <translation>查找新图片(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Marks</source>
        <translation>标记(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Merge</source>
        <translation>合并(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Move to ...</source>
        <translation>移到(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Name from a word list ...</source>
        <translation>按词表命名(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Neither</source>
        <translation>都不是(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;New cluster from selection</source>
        <translation>用所选新建聚类(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;One picture large</source>
        <translation>放大查看图片(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Open folder ...</source>
        <translation>打开文件夹(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Outliers first, over all</source>
        <translation>离群图片优先，全部(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Pick</source>
        <translation>留用(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Previous cluster</source>
        <translation>上一个聚类(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Put under a new parent</source>
        <translation>放到新上级之下(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Reject</source>
        <translation>排除(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>重命名(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Save project as ...</source>
        <translation>项目另存为(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>搜索(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Split ...</source>
        <translation>拆分(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Take out what is gone</source>
        <translation>移除已不存在的图片(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Take the last writing back</source>
        <translation>撤回上次写入(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Write into sidecars ...</source>
        <translation>写入附属文件(&amp;W)…</translation>
    </message>
    <message>
        <source>&amp;Zoom to selection</source>
        <translation>缩放到所选(&amp;Z)</translation>
    </message>
    <message>
        <source>0 to 5 are stars, 6 to 9 labels; otherwise digits send to clusters</source>
        <translation>0 至 5 为星级，6 至 9 为标签；否则数字键把图片放到聚类</translation>
    </message>
    <message>
        <source>After a mark; Shift with its key does it the other way round</source>
        <translation>给出标记之后；与 Shift 同按则相反</translation>
    </message>
    <message>
        <source>All pictures in one list, those least like any other first</source>
        <translation>全部图片列成一列，最不像其他图片的在前</translation>
    </message>
    <message>
        <source>All pictures in one list, those most like the selected ones first</source>
        <translation>全部图片列成一列，最像所选的在前</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>By stars, flag, label, camera, date, exposure and more</source>
        <translation>按星级、旗标、标签、相机、日期、曝光等</translation>
    </message>
    <message>
        <source>C&amp;lasses for pictures ...</source>
        <translation>图片的类别(&amp;L)……</translation>
    </message>
    <message>
        <source>Call clusters by words of yours; needs a model that reads text, such as CLIP</source>
        <translation>用您的词语为聚类命名；需要能读文字的模型，如 CLIP</translation>
    </message>
    <message>
        <source>Compare models by the pictures that you have moved or kept</source>
        <translation>按您移动或保留的图片比较模型</translation>
    </message>
    <message>
        <source>Copies and shots of one burst as one tile; Enter or its number spreads them out</source>
        <translation>副本和连拍显示为一格；按回车或点击数字展开</translation>
    </message>
    <message>
        <source>Copies, near copies and series of one moment, and which of each may go</source>
        <translation>副本、近似副本和同一时刻的连拍，以及其中哪些可去掉</translation>
    </message>
    <message>
        <source>Dou&amp;btful pictures ...</source>
        <translation>存疑的图片(&amp;B)…</translation>
    </message>
    <message>
        <source>Find a command by a few letters of its name</source>
        <translation>输入名称中的几个字母查找命令</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>How alike a s&amp;tack is ...</source>
        <translation>堆叠的相似程度(&amp;T)…</translation>
    </message>
    <message>
        <source>How alike and how close in time the pictures of a stack are</source>
        <translation>一叠图片的相似程度和时间间隔</translation>
    </message>
    <message>
        <source>How clusters and map came about, step by step, and how good they are</source>
        <translation>聚类和地图如何逐步得出，以及其质量如何</translation>
    </message>
    <message>
        <source>How much it counts for clusters when pictures were taken</source>
        <translation>拍摄时间对聚类的影响程度</translation>
    </message>
    <message>
        <source>Keep the clusters that you named, so that other pictures fall into them</source>
        <translation>保存您命名的聚类，供其他图片归入</translation>
    </message>
    <message>
        <source>Keep your clusters in a file of their own, to take along or hand on</source>
        <translation>把聚类保存为单独的文件，便于携带或转交</translation>
    </message>
    <message>
        <source>Load &amp;clusters from a table ...</source>
        <translation>从表格载入聚类(&amp;C)...</translation>
    </message>
    <message>
        <source>Looks or moment ...</source>
        <translation>外观或时刻…</translation>
    </message>
    <message>
        <source>Make one &amp;stack</source>
        <translation>组成一个堆叠(&amp;S)</translation>
    </message>
    <message>
        <source>Map &amp;above the grid</source>
        <translation>地图在上方(&amp;A)</translation>
    </message>
    <message>
        <source>Merge the most &amp;alike ...</source>
        <translation>合并最相似的(&amp;A)…</translation>
    </message>
    <message>
        <source>More like &amp;these ...</source>
        <translation>更多类似的(&amp;T)…</translation>
    </message>
    <message>
        <source>Move &amp;where suggested</source>
        <translation>移到建议的聚类(&amp;W)</translation>
    </message>
    <message>
        <source>Move pictures, or a whole cluster, to a cluster found by its name</source>
        <translation>按名称查找聚类，把图片或整个聚类移过去</translation>
    </message>
    <message>
        <source>Move to &amp;Unsorted</source>
        <translation>移到未归类(&amp;U)</translation>
    </message>
    <message>
        <source>N&amp;o stars</source>
        <translation>无星级(&amp;O)</translation>
    </message>
    <message>
        <source>Na&amp;mes below the pictures</source>
        <translation>图片下方显示名称(&amp;M)</translation>
    </message>
    <message>
        <source>Name cluster after cluster; a name there is puts two together</source>
        <translation>逐个命名聚类；使用已有名称会将两者合并</translation>
    </message>
    <message>
        <source>Naming &amp;pass ...</source>
        <translation>逐个命名(&amp;P)…</translation>
    </message>
    <message>
        <source>Ne&amp;xt cluster</source>
        <translation>下一个聚类(&amp;X)</translation>
    </message>
    <message>
        <source>Never suggest again that the selected pictures belong there</source>
        <translation>不再建议把所选图片移到那里</translation>
    </message>
    <message>
        <source>Next c&amp;olour</source>
        <translation>换颜色(&amp;O)</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>Not t&amp;here</source>
        <translation>不属于那里(&amp;H)</translation>
    </message>
    <message>
        <source>One level coarser: here, on the map and in the folders of an export</source>
        <translation>粗一级：在这里、地图上以及导出的文件夹中</translation>
    </message>
    <message>
        <source>One step ba&amp;ck</source>
        <translation>后退一步(&amp;C)</translation>
    </message>
    <message>
        <source>Open &amp;project ...</source>
        <translation>打开项目(&amp;P)…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>打开最近(&amp;R)</translation>
    </message>
    <message>
        <source>Out of the large view, the search, the selection, the card</source>
        <translation>依次退出大图、搜索、选择、卡片</translation>
    </message>
    <message>
        <source>Past e&amp;xports ...</source>
        <translation>以往的导出(&amp;X)...</translation>
    </message>
    <message>
        <source>Pictures elsewhere that look like those you moved to one cluster</source>
        <translation>别处与您移到同一聚类的图片相似的图片</translation>
    </message>
    <message>
        <source>Pin the selected pictures to their clusters</source>
        <translation>将所选图片固定在其聚类中</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>Put on to&amp;p of the stack</source>
        <translation>置于堆叠顶部(&amp;P)</translation>
    </message>
    <message>
        <source>Put pictures into the clusters of a scheme; unsure ones into Unsorted</source>
        <translation>将图片放入方案的聚类；不确定的放入未归类</translation>
    </message>
    <message>
        <source>Put the selected pictures where most of those like them are</source>
        <translation>把所选图片移到与它们相似的图片所在的聚类</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>S&amp;maller pictures</source>
        <translation>缩小图片(&amp;M)</translation>
    </message>
    <message>
        <source>Save &amp;bins for other folders ...</source>
        <translation>为其他文件夹保存分类方案(&amp;B)…</translation>
    </message>
    <message>
        <source>Se&amp;ttings ...</source>
        <translation>设置(&amp;T)…</translation>
    </message>
    <message>
        <source>Select &amp;all shown</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>Select &amp;nothing</source>
        <translation>取消选择(&amp;N)</translation>
    </message>
    <message>
        <source>Select again what was selected before; steps are another matter</source>
        <translation>重新选择之前所选的；与操作的撤销无关</translation>
    </message>
    <message>
        <source>Selection &amp;before</source>
        <translation>之前的选择(&amp;B)</translation>
    </message>
    <message>
        <source>Selection a&amp;fter</source>
        <translation>之后的选择(&amp;F)</translation>
    </message>
    <message>
        <source>Show in &amp;file manager</source>
        <translation>在文件管理器中显示(&amp;F)</translation>
    </message>
    <message>
        <source>Show or hide the &amp;inspector</source>
        <translation>显示或隐藏检查器(&amp;I)</translation>
    </message>
    <message>
        <source>Show or hide the &amp;recipe</source>
        <translation>显示或隐藏配方(&amp;R)</translation>
    </message>
    <message>
        <source>Show pictures no longer whose files are not there any more</source>
        <translation>不再显示文件已不存在的图片</translation>
    </message>
    <message>
        <source>Show the &amp;log files</source>
        <translation>打开日志文件夹(&amp;L)</translation>
    </message>
    <message>
        <source>Show the &amp;whole map</source>
        <translation>显示整个地图(&amp;W)</translation>
    </message>
    <message>
        <source>Show, go on with or take back what was exported, also on earlier days</source>
        <translation>查看、继续或撤回导出，包括以前的导出</translation>
    </message>
    <message>
        <source>Sort into &amp;known bins ...</source>
        <translation>归入已有分类(&amp;K)…</translation>
    </message>
    <message>
        <source>Sort pictures into named classes, after a few examples or by words</source>
        <translation>根据少量示例或词语，将图片整理到命名的类别中</translation>
    </message>
    <message>
        <source>Split the stac&amp;k here</source>
        <translation>在此处拆分堆叠(&amp;K)</translation>
    </message>
    <message>
        <source>Stack &amp;near-identical pictures</source>
        <translation>堆叠几乎相同的图片(&amp;N)</translation>
    </message>
    <message>
        <source>Stacks as they were &amp;found</source>
        <translation>恢复自动识别的堆叠(&amp;F)</translation>
    </message>
    <message>
        <source>Stars, flags and labels given here, for other programs to read</source>
        <translation>在此给出的星级、旗标和标签，供其他程序读取</translation>
    </message>
    <message>
        <source>Start from my s&amp;ub-folders</source>
        <translation>以我的子文件夹开始(&amp;U)</translation>
    </message>
    <message>
        <source>Take &amp;from its parent</source>
        <translation>从上级中取出(&amp;F)</translation>
    </message>
    <message>
        <source>Take clusters over from a clusters.csv that you edited</source>
        <translation>采用你编辑过的 clusters.csv 中的聚类</translation>
    </message>
    <message>
        <source>Take out of the st&amp;ack</source>
        <translation>从堆叠中取出(&amp;A)</translation>
    </message>
    <message>
        <source>Take the sub-folders for the clusters, and show what looks misplaced</source>
        <translation>以子文件夹作为聚类，并显示看似放错的图片</translation>
    </message>
    <message>
        <source>The likeliest mistakes of all clusters, one after the other, by keys</source>
        <translation>用按键逐一处理所有聚类中最可能的错误</translation>
    </message>
    <message>
        <source>The picture at hand and those taken after it are another stack</source>
        <translation>当前图片及其后拍摄的图片成为另一个堆叠</translation>
    </message>
    <message>
        <source>The picture at hand stands for its stack, also where only tops are exported</source>
        <translation>当前图片代表其堆叠，仅导出首张时也是如此</translation>
    </message>
    <message>
        <source>The same list again, those like the selected ones further down</source>
        <translation>同一列表，与所选相似的排到后面</translation>
    </message>
    <message>
        <source>The selected pictures stand for themselves; of a closed stack all</source>
        <translation>所选图片各自独立；收起的堆叠则为全部</translation>
    </message>
    <message>
        <source>The selected pictures, and all of selected stacks, stand together</source>
        <translation>所选图片以及所选堆叠的全部图片归为一组</translation>
    </message>
    <message>
        <source>What is selected, at the same zoom; X or Backspace takes one out</source>
        <translation>以相同缩放显示所选；X 或退格去掉一张</translation>
    </message>
    <message>
        <source>What you said of the stacks of the selected pictures is forgotten</source>
        <translation>忘记您对所选图片的堆叠所作的设定</translation>
    </message>
    <message>
        <source>Which model agrees &amp;best ...</source>
        <translation>哪个模型最符合更正(&amp;B)…</translation>
    </message>
    <message>
        <source>Without them the pictures are larger, and the mouse tells the names</source>
        <translation>不显示名称时图片更大，鼠标悬停显示名称</translation>
    </message>
    <message>
        <source>Write the clusters out as folders</source>
        <translation>将聚类导出为文件夹</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄色</translation>
    </message>
</context>
<context>
    <name>duplicates</name>
    <message>
        <source>All kinds</source>
        <translation>所有类型</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>副本</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>最大的在前</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>最早的在前</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>同一时刻</translation>
    </message>
    <message>
        <source>RAW first</source>
        <translation>RAW 在前</translation>
    </message>
    <message>
        <source>Same file</source>
        <translation>相同文件</translation>
    </message>
    <message>
        <source>Same picture, other metadata</source>
        <translation>相同图片，元数据不同</translation>
    </message>
    <message>
        <source>Sharpest first</source>
        <translation>最清晰的在前</translation>
    </message>
    <message>
        <source>Upper folders first</source>
        <translation>上层文件夹在前</translation>
    </message>
</context>
<context>
    <name>export</name>
    <message>
        <source>Clones (no space, where the drive can)</source>
        <translation>克隆（不占空间，需磁盘支持）</translation>
    </message>
    <message>
        <source>Copy the pictures</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Hard links (no space, same drive only)</source>
        <translation>硬链接（不占空间，仅限同一磁盘）</translation>
    </message>
    <message>
        <source>Move the pictures (the originals leave their folder)</source>
        <translation>移动图片（原件离开原文件夹）</translation>
    </message>
    <message>
        <source>Symbolic links</source>
        <translation>符号链接</translation>
    </message>
</context>
<context>
    <name>fields</name>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>聚类</translation>
    </message>
    <message>
        <source>Colour of its label</source>
        <translation>标签的颜色</translation>
    </message>
    <message>
        <source>Day it was taken</source>
        <translation>拍摄日期</translation>
    </message>
    <message>
        <source>Day of the month</source>
        <translation>日</translation>
    </message>
    <message>
        <source>Extension</source>
        <translation>扩展名</translation>
    </message>
    <message>
        <source>Folder it came from</source>
        <translation>来源文件夹</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Name of the picture</source>
        <translation>图片名称</translation>
    </message>
    <message>
        <source>Name without extension</source>
        <translation>不带扩展名的名称</translation>
    </message>
    <message>
        <source>Number within the cluster</source>
        <translation>聚类内编号</translation>
    </message>
    <message>
        <source>Parent of the cluster</source>
        <translation>聚类的上级</translation>
    </message>
    <message>
        <source>Picked, rejected ...</source>
        <translation>留用、排除等</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>星级</translation>
    </message>
    <message>
        <source>Time it was taken</source>
        <translation>拍摄时间</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年</translation>
    </message>
</context>
<context>
    <name>figures</name>
    <message>
        <source>Date taken</source>
        <translation>拍摄日期</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>文件大小</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>How clearly it belongs (silhouette)</source>
        <translation>归属的明确程度（轮廓系数）</translation>
    </message>
    <message>
        <source>How isolated (outliers)</source>
        <translation>孤立程度（离群图片）</translation>
    </message>
    <message>
        <source>How typical of its cluster</source>
        <translation>在聚类中的典型程度</translation>
    </message>
    <message>
        <source>How unlike all others</source>
        <translation>与其他图片的差异</translation>
    </message>
    <message>
        <source>Megapixels</source>
        <translation>百万像素</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>清晰度</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>星级</translation>
    </message>
    <message>
        <source>Tall to wide</source>
        <translation>从竖到横</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
</context>
<context>
    <name>filters</name>
    <message>
        <source>Any label</source>
        <translation>任意标签</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Bright</source>
        <translation>偏亮</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Clipped</source>
        <translation>溢出</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>曝光</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>From 12 megapixels</source>
        <translation>1200 万像素以上</translation>
    </message>
    <message>
        <source>From 24 megapixels</source>
        <translation>2400 万像素以上</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>镜头</translation>
    </message>
    <message>
        <source>Looks blurred</source>
        <translation>看似模糊</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>No stars</source>
        <translation>无星级</translation>
    </message>
    <message>
        <source>Not rejected</source>
        <translation>未排除</translation>
    </message>
    <message>
        <source>Picked</source>
        <translation>已留用</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Sharp</source>
        <translation>清晰</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>清晰度</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>方形</translation>
    </message>
    <message>
        <source>Tall</source>
        <translation>竖幅</translation>
    </message>
    <message>
        <source>Under 2 megapixels</source>
        <translation>200 万像素以下</translation>
    </message>
    <message>
        <source>Wide</source>
        <translation>横幅</translation>
    </message>
    <message>
        <source>Without a flag</source>
        <translation>无旗标</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄色</translation>
    </message>
</context>
<context>
    <name>keys</name>
    <message>
        <source>Give the chosen card that key, for good</source>
        <translation>将该按键永久分配给所选卡片</translation>
    </message>
    <message>
        <source>Look at the picture large; arrows go on</source>
        <translation>查看大图；方向键切换</translation>
    </message>
    <message>
        <source>Send the selection to the cluster with that key</source>
        <translation>把所选放到使用该按键的聚类</translation>
    </message>
</context>
<context>
    <name>labels</name>
    <message>
        <source>Black</source>
        <translation>黑色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰色</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白色</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄色</translation>
    </message>
</context>
<context>
    <name>orders</name>
    <message>
        <source>Blurred first</source>
        <translation>最模糊的在前</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>拍摄日期</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>最大的在前</translation>
    </message>
    <message>
        <source>Least sure first</source>
        <translation>最不确定的在前</translation>
    </message>
    <message>
        <source>Most mixed first</source>
        <translation>最混杂的在前</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Odd ones first</source>
        <translation>异常优先</translation>
    </message>
    <message>
        <source>Outliers first</source>
        <translation>离群的在前</translation>
    </message>
    <message>
        <source>Sharpest first</source>
        <translation>最清晰的在前</translation>
    </message>
    <message>
        <source>Similar to selection</source>
        <translation>与所选相似</translation>
    </message>
    <message>
        <source>Typical first</source>
        <translation>典型优先</translation>
    </message>
    <message>
        <source>Worked on last first</source>
        <translation>最近处理的在前</translation>
    </message>
</context>
<context>
    <name>past exports</name>
    <message>
        <source>Clones</source>
        <translation>克隆</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Duplicates, to the trash</source>
        <translation>重复图片，移到回收站</translation>
    </message>
    <message>
        <source>Hard links</source>
        <translation>硬链接</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Objects, cut out</source>
        <translation>裁剪出的物体</translation>
    </message>
    <message>
        <source>Symbolic links</source>
        <translation>符号链接</translation>
    </message>
</context>
<context>
    <name>sentences</name>
    <message numerus="yes">
        <source>%n cluster(s) left</source>
        <translation>
            <numerusform>还剩 %n 个聚类</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n doubtful picture(s) left</source>
        <translation>
            <numerusform>还剩 %n 张存疑的图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) moved to the trash</source>
        <translation>
            <numerusform>已将 %n 个文件移到回收站</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) that belong to pictures go with them: {kinds}.</source>
        <translation>
            <numerusform>属于图片的 %n 个文件会一并处理：{kinds}。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more look like {cluster} ...</source>
        <translation>
            <numerusform>还有 %n 张像 {cluster}…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more picture(s) look like {cluster}</source>
        <translation>
            <numerusform>还有 %n 张图片像 {cluster}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) from the map</source>
        <translation>
            <numerusform>来自地图的 %n 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) have no sidecar yet, and nothing says how it is to be called.</source>
        <translation>
            <numerusform>%n 张图片还没有附属文件，也未指定其命名方式。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sidecar(s) are as they were</source>
        <translation>
            <numerusform>%n 个附属文件已复原</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sidecar(s) written</source>
        <translation>
            <numerusform>已写入 %n 个附属文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n star(s)</source>
        <translation>
            <numerusform>%n 星</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n things</source>
        <translation>
            <numerusform>%n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>16-bit numbers are of use on a graphics card only.</source>
        <translation>16 位数只在显卡上有用。</translation>
    </message>
    <message>
        <source>2,048 numbers as ImageNet&apos;s usual way gives them, compared by cosine.</source>
        <translation>按 ImageNet 的常用方式得到的 2,048 个数值，用余弦比较。</translation>
    </message>
    <message>
        <source>4,096 raw numbers of VGG-16, fed with the colours in OpenCV&apos;s order, in five clusters.</source>
        <translation>VGG-16 的 4,096 个原始数值，按 OpenCV 的颜色顺序输入，分成五个聚类。</translation>
    </message>
    <message>
        <source>8-bit numbers</source>
        <translation>8 位整数计算</translation>
    </message>
    <message>
        <source>8-bit numbers are fitted to pictures, and here are only {count} of at least {fewest}.</source>
        <translation>8 位整数需要用图片来适配，这里只有 {count} 张，至少需要 {fewest} 张。</translation>
    </message>
    <message>
        <source>8-bit numbers are fitted to squares, and rect has none.</source>
        <translation>8 位数值是针对正方形拟合的，而 rect 没有正方形。</translation>
    </message>
    <message>
        <source>8-bit numbers are of use on a processor only.</source>
        <translation>8 位整数只适用于处理器。</translation>
    </message>
    <message>
        <source>8-bit numbers: on {pictures} pictures, vectors agree with those of 32 bits to {mean} on average and {least} at the least (1 is the same); {faster} times as fast.</source>
        <translation>8 位整数：在 {pictures} 张图片上，向量与 32 位的平均吻合度为 {mean}，最低为 {least}（1 表示相同）；速度为 {faster} 倍。</translation>
    </message>
    <message>
        <source>A YOLO from a .pt file</source>
        <translation>来自 .pt 文件的 YOLO</translation>
    </message>
    <message>
        <source>A YOLO prepares pictures in its own way.</source>
        <translation>YOLO 按自己的方式预处理图片。</translation>
    </message>
    <message>
        <source>A backup is kept beside it: {backup}.</source>
        <translation>旁边保存有一份备份：{backup}。</translation>
    </message>
    <message>
        <source>A brace in the template “{part}” has no partner.</source>
        <translation>模板“{part}”中有一个大括号没有配对。</translation>
    </message>
    <message>
        <source>A deeper ResNet: a little more exact, twice as slow.</source>
        <translation>更深的 ResNet：略微更准，慢一倍。</translation>
    </message>
    <message>
        <source>A few letters of a command</source>
        <translation>命令中的几个字母</translation>
    </message>
    <message>
        <source>A hard link is the original under a second name: programs that write into a file, such as exiv2 and viewers built on it, change the original, too; those that write a new file in its place, such as exiftool, part the two.</source>
        <translation>硬链接是原件的第二个名称：直接写入文件的程序（如 exiv2 以及基于它的看图程序）也会更改原件；另写新文件替换的程序（如 exiftool）则会使两者分开。</translation>
    </message>
    <message>
        <source>A metric is for whole pictures.</source>
        <translation>度量只用于整张图片。</translation>
    </message>
    <message>
        <source>A modern convolutional network, about as large as ResNet-50 and better.</source>
        <translation>现代卷积网络，大小与 ResNet-50 相近，效果更好。</translation>
    </message>
    <message>
        <source>A network from a file of weights</source>
        <translation>来自权重文件的网络</translation>
    </message>
    <message>
        <source>A network from an ONNX file</source>
        <translation>ONNX 文件中的网络</translation>
    </message>
    <message>
        <source>A page to look at (contact sheet)</source>
        <translation>浏览页面（缩略图总览）</translation>
    </message>
    <message>
        <source>A picture cannot have a side of {side} pixels here.</source>
        <translation>这里的图片边长不能是 {side} 像素。</translation>
    </message>
    <message>
        <source>A run called {name} is kept already.</source>
        <translation>已有名为 {name} 的结果。</translation>
    </message>
    <message>
        <source>A run needs a name.</source>
        <translation>结果需要一个名称。</translation>
    </message>
    <message>
        <source>A side of {side} pixels is not possible.</source>
        <translation>边长不能为 {side} 像素。</translation>
    </message>
    <message>
        <source>A state dict or checkpoint of one of the networks here, your own too: weights:FILE, or the path of a .pth or .safetensors file.</source>
        <translation>这里某个网络的 state dict 或检查点，也可以是您自己的：weights:文件，或 .pth、.safetensors 文件的路径。</translation>
    </message>
    <message>
        <source>A table for spreadsheets (clusters.csv)</source>
        <translation>电子表格用的表格（clusters.csv）</translation>
    </message>
    <message>
        <source>A table with vectors and nearest pictures, for data frames and embedding-atlas (clusters.parquet)</source>
        <translation>含向量和最近图片的表格，供数据框和 embedding-atlas 使用 (clusters.parquet)</translation>
    </message>
    <message>
        <source>A transformer that looks through windows, from fine to coarse.</source>
        <translation>通过窗口由细到粗观察的 Transformer。</translation>
    </message>
    <message>
        <source>A transformer: sees the whole picture at once. Its class token; slow without a card.</source>
        <translation>Transformer：一次看到整张图片，取其类别标记；没有显卡时较慢。</translation>
    </message>
    <message>
        <source>About as quick as ResNet-50, with fewer numbers to store.</source>
        <translation>速度与 ResNet-50 相近，需要存储的数字更少。</translation>
    </message>
    <message>
        <source>Add --clusters-from and a table.</source>
        <translation>请加上 --clusters-from 和一个表格。</translation>
    </message>
    <message>
        <source>Add --compare A B.</source>
        <translation>请加上 --compare A B。</translation>
    </message>
    <message>
        <source>Add --engine ray, or leave it out.</source>
        <translation>请加上 --engine ray，或去掉它。</translation>
    </message>
    <message>
        <source>Add --names stem (IMG_1.xmp, Lightroom) or --names full (IMG_1.JPG.xmp, darktable, digiKam).</source>
        <translation>请添加 --names stem（IMG_1.xmp，Lightroom）或 --names full（IMG_1.JPG.xmp，darktable、digiKam）。</translation>
    </message>
    <message>
        <source>Add --objects every or --objects main.</source>
        <translation>请加上 --objects every 或 --objects main。</translation>
    </message>
    <message>
        <source>Add {what} to what is open?</source>
        <translation>将{what}添加到当前打开的内容？</translation>
    </message>
    <message numerus="yes">
        <source>After %n more correction(s) Shoal finds out whether learnt distances help here.</source>
        <translation>
            <numerusform>再更正 %n 次后，Shoal 会判断学得的距离在这里是否有帮助。</numerusform>
        </translation>
    </message>
    <message>
        <source>All of a picture, what it is of, what is behind that, or the colours of what it is of.</source>
        <translation>整张图片、图片的主体、主体后面的背景，或主体的颜色。</translation>
    </message>
    <message>
        <source>An ONNX file holds its own weights.</source>
        <translation>ONNX 文件自带权重。</translation>
    </message>
    <message>
        <source>Another number gives another map and other clusters, just as valid.</source>
        <translation>换一个数字会得到另一张同样有效的地图和聚类。</translation>
    </message>
    <message>
        <source>Any image model exported to ONNX, written as onnx:FILE; how pictures are prepared is read from FILE&apos;s .json.</source>
        <translation>任何导出为 ONNX 的图像模型，写作 onnx:文件；图片的预处理方式取自同名 .json 文件。</translation>
    </message>
    <message>
        <source>Any network that Ultralytics trained, your own too: written as yolo:FILE, or just the path of a .pt file.</source>
        <translation>任何由 Ultralytics 训练的网络，包括您自己的：写作 yolo:FILE，或直接给出 .pt 文件的路径。</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>As Shoal thinks best</source>
        <translation>按 Shoal 的最佳判断</translation>
    </message>
    <message>
        <source>Ask for others, or for less sure ones, or leave --objects out.</source>
        <translation>请换用其他类别，或降低把握要求，或不使用 --objects。</translation>
    </message>
    <message>
        <source>At most {limit}.</source>
        <translation>最多 {limit}。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Beyond this the thumbnails not seen for longest are thrown away; they are made again when needed.</source>
        <translation>超出后会删除最久未看的缩略图，需要时重新生成。</translation>
    </message>
    <message>
        <source>Bracket</source>
        <translation>包围曝光</translation>
    </message>
    <message>
        <source>Bringing back from the trash</source>
        <translation>正在从回收站恢复</translation>
    </message>
    <message>
        <source>Building the tree</source>
        <translation>正在构建层次树</translation>
    </message>
    <message>
        <source>CLIP ViT-B/16, trained by LAION on 400 million pictures of the open web.</source>
        <translation>由 LAION 用开放网络上的 4 亿张图片训练的 CLIP ViT-B/16。</translation>
    </message>
    <message>
        <source>CLIP ViT-B/32, trained by LAION on two billion pictures of the open web.</source>
        <translation>由 LAION 用开放网络上的 20 亿张图片训练的 CLIP ViT-B/32。</translation>
    </message>
    <message>
        <source>CLIP that looks at smaller parts of the picture: closer, and slower.</source>
        <translation>观察更小图块的 CLIP：更细致，也更慢。</translation>
    </message>
    <message>
        <source>Call the file and its folder something plain, such as weights.pt.</source>
        <translation>请给文件及其文件夹起个简单的名字，例如 weights.pt。</translation>
    </message>
    <message>
        <source>Call {clusters} {name}</source>
        <translation>将 {clusters} 命名为 {name}</translation>
    </message>
    <message>
        <source>Call {cluster} {name}</source>
        <translation>将 {cluster} 命名为 {name}</translation>
    </message>
    <message>
        <source>Certainty of objects</source>
        <translation>物体置信度</translation>
    </message>
    <message>
        <source>Check that it is there and that you may open it.</source>
        <translation>请确认它存在并且您有权打开。</translation>
    </message>
    <message>
        <source>Check that its drive is there and that you may write to it.</source>
        <translation>请确认其所在的驱动器已连接并且可以写入。</translation>
    </message>
    <message>
        <source>Check that the drive is there and may be written to, then go on.</source>
        <translation>请确认驱动器已连接并且可以写入，然后继续。</translation>
    </message>
    <message>
        <source>Check the URL, your credentials, and that the package for this store is installed.</source>
        <translation>请检查网址、您的凭据，以及是否已安装用于此存储的软件包。</translation>
    </message>
    <message>
        <source>Check the address, and that the same versions of Ray and Python are installed there.</source>
        <translation>请检查地址，以及那里是否安装了相同版本的 Ray 和 Python。</translation>
    </message>
    <message>
        <source>Check the connection, or get it elsewhere and put it into {folder}.</source>
        <translation>请检查网络连接，或从别处取得该文件并放入 {folder}。</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>请检查路径。</translation>
    </message>
    <message>
        <source>Check {folder}.</source>
        <translation>请检查 {folder}。</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>正在检查</translation>
    </message>
    <message>
        <source>Choose a .pt file that Ultralytics wrote, version 8 or newer.</source>
        <translation>请选择由 Ultralytics（第 8 版或更新）生成的 .pt 文件。</translation>
    </message>
    <message>
        <source>Choose a clusters.csv or clusters.json.</source>
        <translation>请选择 clusters.csv 或 clusters.json。</translation>
    </message>
    <message>
        <source>Choose a clusters.csv.</source>
        <translation>请选择 clusters.csv。</translation>
    </message>
    <message>
        <source>Choose a detector, such as yolo11n.</source>
        <translation>请选择检测模型，例如 yolo11n。</translation>
    </message>
    <message>
        <source>Choose a folder outside it, or the copies would be sorted along with the originals next time.</source>
        <translation>请选择它之外的文件夹，否则下次副本会与原图一起整理。</translation>
    </message>
    <message>
        <source>Choose a folder outside it.</source>
        <translation>请选择它之外的文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder that somebody has sorted.</source>
        <translation>请选择一个有人整理过的文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>请选择文件夹。</translation>
    </message>
    <message>
        <source>Choose a model instead.</source>
        <translation>请改选一个模型。</translation>
    </message>
    <message>
        <source>Choose a name that ends in {endings}.</source>
        <translation>请选择以 {endings} 结尾的名称。</translation>
    </message>
    <message>
        <source>Choose a scheme that Shoal has saved.</source>
        <translation>请选择 Shoal 保存的方案。</translation>
    </message>
    <message>
        <source>Choose another --focus.</source>
        <translation>请选择其他 --focus。</translation>
    </message>
    <message>
        <source>Choose another --image-size.</source>
        <translation>请选择其他 --image-size。</translation>
    </message>
    <message>
        <source>Choose another export folder.</source>
        <translation>请选择其他导出文件夹。</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>请选择其他文件。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名称。</translation>
    </message>
    <message>
        <source>Choose another one, and tell the makers of {plugin}.</source>
        <translation>请另选一个，并告知 {plugin} 的作者。</translation>
    </message>
    <message>
        <source>Choose another output.</source>
        <translation>请选择其他输出。</translation>
    </message>
    <message>
        <source>Choose from 0 to {last}, or several, such as 4,6,9; -1 is the last before the head.</source>
        <translation>请从 0 到 {last} 中选择，也可选多个，例如 4,6,9；-1 是检测头之前的最后一层。</translation>
    </message>
    <message>
        <source>Choose kmeans, hdbscan or tree, or leave --normalize and --reduce out.</source>
        <translation>请选择 kmeans、hdbscan 或 tree，或者去掉 --normalize 和 --reduce。</translation>
    </message>
    <message>
        <source>Choose kmeans, or leave --normalize and --reduce out: Shoal&apos;s own tree has no such limit.</source>
        <translation>请选择 kmeans，或者去掉 --normalize 和 --reduce：Shoal 自己的树没有此限制。</translation>
    </message>
    <message>
        <source>Choose one of: {choices}.</source>
        <translation>请从中选择：{choices}。</translation>
    </message>
    <message>
        <source>Choose one of: {readers}.</source>
        <translation>请从中选择：{readers}。</translation>
    </message>
    <message>
        <source>Choose pictures or a cluster first.</source>
        <translation>请先选择图片或聚类。</translation>
    </message>
    <message>
        <source>Choose so in the settings, under What is sorted, or open the folder itself.</source>
        <translation>请在设置的“整理对象”中相应选择，或直接打开文件夹。</translation>
    </message>
    <message>
        <source>Choose that model with the same options, or learn the metric again.</source>
        <translation>请以相同的选项选择该模型，或重新学习度量。</translation>
    </message>
    <message>
        <source>Choose that model, with the same settings, and use the scheme again.</source>
        <translation>请选择该模型并使用相同设置，然后再次使用方案。</translation>
    </message>
    <message>
        <source>Choose the card that is to have the key {digit}.</source>
        <translation>请选择要使用按键 {digit} 的卡片。</translation>
    </message>
    <message>
        <source>Choose the first picture of the other stack, and split once more</source>
        <translation>请选择另一个堆叠的第一张图片，再拆分一次</translation>
    </message>
    <message>
        <source>Choose the model to download them.</source>
        <translation>选择该模型即可下载。</translation>
    </message>
    <message>
        <source>Choose the recipe without it first, and sort like that.</source>
        <translation>请先选择不含它的配方，并照此整理。</translation>
    </message>
    <message>
        <source>Choose to copy instead.</source>
        <translation>请改用复制。</translation>
    </message>
    <message>
        <source>Choosing the number of clusters</source>
        <translation>正在确定聚类数量</translation>
    </message>
    <message>
        <source>Close it there first.</source>
        <translation>请先在那里关闭。</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller model.</source>
        <translation>请关闭其他程序，或选择较小的模型。</translation>
    </message>
    <message>
        <source>Close the other window and open the project again.</source>
        <translation>请关闭另一个窗口，再重新打开项目。</translation>
    </message>
    <message>
        <source>Clustering</source>
        <translation>聚类方法</translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation>聚类</translation>
    </message>
    <message>
        <source>Clusters can be compared when every picture has been looked at.</source>
        <translation>看完所有图片后才能比较聚类。</translation>
    </message>
    <message>
        <source>Clusters can be named when every picture has been looked at.</source>
        <translation>所有图片识别完毕后才能命名聚类。</translation>
    </message>
    <message>
        <source>Clusters from a table</source>
        <translation>来自表格的聚类</translation>
    </message>
    <message>
        <source>Coarse to fine</source>
        <translation>由粗到细</translation>
    </message>
    <message>
        <source>Colours and shapes</source>
        <translation>颜色与形状</translation>
    </message>
    <message>
        <source>Colours are compared, not looked for.</source>
        <translation>颜色只用于比较，不能用文字查找。</translation>
    </message>
    <message>
        <source>Communities of the neighbour graph, of any shape and size. Every image gets a cluster.</source>
        <translation>邻居图中的社区，形状和大小不限。每张图片都有聚类。</translation>
    </message>
    <message>
        <source>Comparing images</source>
        <translation>正在比较图片</translation>
    </message>
    <message>
        <source>Comparing neighbours</source>
        <translation>正在比较邻居</translation>
    </message>
    <message>
        <source>Compiled code</source>
        <translation>编译代码</translation>
    </message>
    <message>
        <source>Copying files</source>
        <translation>正在复制文件</translation>
    </message>
    <message>
        <source>Correct the size in the JSON file.</source>
        <translation>请更正 JSON 文件中的尺寸。</translation>
    </message>
    <message>
        <source>Crops are new files, which cannot be moved or linked.</source>
        <translation>裁剪图是新文件，不能移动或链接。</translation>
    </message>
    <message>
        <source>Cutting out objects</source>
        <translation>正在裁剪物体</translation>
    </message>
    <message>
        <source>DINOv2&apos;s successor, learned without labels; its weights come as a file of your own.</source>
        <translation>DINOv2 的后继者，无标签学习；权重由您自己的文件提供。</translation>
    </message>
    <message>
        <source>DINOv3, better than the small one and four times as slow; its weights come as a file of your own.</source>
        <translation>DINOv3，比小型的更好，速度慢四倍；权重由您自己的文件提供。</translation>
    </message>
    <message>
        <source>Delete it and choose the model again, or name it with --weights if it is a file of your own.</source>
        <translation>请删除它并重新选择模型；如果是您自己的文件，请用 --weights 指定。</translation>
    </message>
    <message>
        <source>Delete some first.</source>
        <translation>请先删除一些。</translation>
    </message>
    <message>
        <source>Deleted {name}</source>
        <translation>已删除 {name}</translation>
    </message>
    <message>
        <source>Dense clusters of any size; images between them stay unsorted, unless you have them absorbed.</source>
        <translation>任意大小的密集聚类；介于其间的图片留在未归类，除非设为吸收。</translation>
    </message>
    <message>
        <source>Describing clusters</source>
        <translation>正在描述聚类</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Dissolve {cluster}</source>
        <translation>解散 {cluster}</translation>
    </message>
    <message>
        <source>Distance on the map</source>
        <translation>地图间距</translation>
    </message>
    <message>
        <source>Do it again: they are looked at anew.</source>
        <translation>请再试一次：图片会重新分析。</translation>
    </message>
    <message>
        <source>Downloading {file_name} ({megabytes} MB, {licence}), in MB</source>
        <translation>正在下载 {file_name}（{megabytes} MB，{licence}），单位 MB</translation>
    </message>
    <message>
        <source>Drawing sample pictures</source>
        <translation>正在绘制示例图片</translation>
    </message>
    <message>
        <source>Drawing the map</source>
        <translation>正在绘制地图</translation>
    </message>
    <message>
        <source>Engine process</source>
        <translation>引擎进程</translation>
    </message>
    <message>
        <source>Evened folder: off ({more} of {asked}).</source>
        <translation>文件夹均衡：关（{more} / {asked}）。</translation>
    </message>
    <message>
        <source>Evened folder: on ({more} of {asked}).</source>
        <translation>文件夹均衡：开（{more} / {asked}）。</translation>
    </message>
    <message>
        <source>Every cluster has a name of yours.</source>
        <translation>每个聚类都已由您命名。</translation>
    </message>
    <message>
        <source>Every picture is where you have put it.</source>
        <translation>每张图片都在您放置的位置。</translation>
    </message>
    <message>
        <source>Everything is as it was; go on from here, or open a backup of the project.</source>
        <translation>一切保持原样；可以从这里继续，或打开项目的备份。</translation>
    </message>
    <message>
        <source>Export it there with python export.py --weights {name} --include onnx, and name the .onnx file; or take yolov5su.pt, the same network for Ultralytics&apos; library.</source>
        <translation>请在那里用 python export.py --weights {name} --include onnx 导出，并指定该 .onnx 文件；或使用 yolov5su.pt，即适用于 Ultralytics 库的同一网络。</translation>
    </message>
    <message>
        <source>Export it to ONNX again.</source>
        <translation>请重新导出为 ONNX。</translation>
    </message>
    <message>
        <source>Exported networks</source>
        <translation>导出的网络</translation>
    </message>
    <message>
        <source>Finding clusters for new pictures</source>
        <translation>正在为新图片寻找聚类</translation>
    </message>
    <message>
        <source>Finds out how many clusters there are. Every image gets one.</source>
        <translation>自动确定聚类数量。每张图片都有聚类。</translation>
    </message>
    <message>
        <source>Fitting {network} to 8-bit numbers, which happens once</source>
        <translation>正在将 {network} 适配为 8 位整数，只需一次</translation>
    </message>
    <message>
        <source>Focus series</source>
        <translation>对焦系列</translation>
    </message>
    <message>
        <source>Folder for {name}</source>
        <translation>文件夹：{name}</translation>
    </message>
    <message>
        <source>Forming groups</source>
        <translation>正在分组</translation>
    </message>
    <message>
        <source>From 32 to {limit}.</source>
        <translation>可取 32 到 {limit}。</translation>
    </message>
    <message>
        <source>From {count} words no class can be chosen.</source>
        <translation>无法从 {count} 个词中选择类别。</translation>
    </message>
    <message>
        <source>Gathering images</source>
        <translation>正在汇集图片</translation>
    </message>
    <message>
        <source>Get {server}{name}.pt and name it with --weights FILE --trust-weights.</source>
        <translation>请获取 {server}{name}.pt，并用 --weights FILE --trust-weights 指定它。</translation>
    </message>
    <message>
        <source>Get {server}{name}/resolve/main/model.safetensors (licence: {licence}) and name it with --weights FILE.</source>
        <translation>请下载 {server}{name}/resolve/main/model.safetensors（许可：{licence}），并用 --weights 文件 指定。</translation>
    </message>
    <message>
        <source>Get {url} ({megabytes} MB, {licence}) and put it into {folder}, or name a file of your own with --weights.</source>
        <translation>请获取 {url}（{megabytes} MB，{licence}）并放入 {folder}，或用 --weights 指定您自己的文件。</translation>
    </message>
    <message>
        <source>Getting the map ready, which takes long only the first time</source>
        <translation>正在准备地图，仅首次需要较长时间</translation>
    </message>
    <message numerus="yes">
        <source>Give %n picture(s) {stars}</source>
        <translation>
            <numerusform>给 %n 张图片 {stars}</numerusform>
        </translation>
    </message>
    <message>
        <source>Give at least two examples of a class.</source>
        <translation>请为每个类别至少提供两个示例。</translation>
    </message>
    <message>
        <source>Give the folder that was exported to.</source>
        <translation>请指定导出到的文件夹。</translation>
    </message>
    <message>
        <source>Give the folder that was named with --to-trash.</source>
        <translation>请给出用 --to-trash 指定的文件夹。</translation>
    </message>
    <message>
        <source>Go back to {name}</source>
        <translation>恢复到 {name}</translation>
    </message>
    <message>
        <source>Grouping</source>
        <translation>正在聚类</translation>
    </message>
    <message>
        <source>How close pictures may lie on the map: 0 heaps them up, 1 spreads them evenly.</source>
        <translation>图片在地图上的距离：0 堆叠，1 均匀分布。</translation>
    </message>
    <message>
        <source>How it was sorted, to do it again (recipe.toml)</source>
        <translation>整理方式，以便重做 (recipe.toml)</translation>
    </message>
    <message>
        <source>How long it takes on this computer is not known yet; you can go on meanwhile.</source>
        <translation>尚不知道在这台电脑上需要多久；期间您可以继续操作。</translation>
    </message>
    <message>
        <source>How many clusters a folder starts with: 0 is few, 1 is many.</source>
        <translation>初始聚类数量：0 为少，1 为多。</translation>
    </message>
    <message>
        <source>How many neighbours the map looks at: more shows the whole, fewer show detail.</source>
        <translation>地图参考的邻居数：多则显示整体，少则显示细节。</translation>
    </message>
    <message>
        <source>How pictures are put into clusters.</source>
        <translation>图片如何归入聚类。</translation>
    </message>
    <message>
        <source>How sure the network must be of an object.</source>
        <translation>网络对物体至少要有多大把握。</translation>
    </message>
    <message>
        <source>How the first sidecar of a picture is called: as your other programs look for it.</source>
        <translation>图片的第一个附属文件如何命名：按您的其他程序查找的方式。</translation>
    </message>
    <message>
        <source>How well pictures fit (silhouettes.png)</source>
        <translation>图片的契合程度 (silhouettes.png)</translation>
    </message>
    <message>
        <source>If it is known under another name, say --model NAME --weights FILE; or export it to ONNX.</source>
        <translation>如果它另有名称，请使用 --model NAME --weights FILE；或将其导出为 ONNX。</translation>
    </message>
    <message>
        <source>If you know and trust who made it, say so with --trust-weights.</source>
        <translation>如果您了解并信任其作者，请加上 --trust-weights。</translation>
    </message>
    <message>
        <source>Install Shoal again.</source>
        <translation>请重新安装 Shoal。</translation>
    </message>
    <message>
        <source>Install Shoal again; the README says how.</source>
        <translation>请重新安装 Shoal；方法见 README。</translation>
    </message>
    <message>
        <source>Install it, or leave out {option}.</source>
        <translation>请安装它，或去掉 {option}。</translation>
    </message>
    <message>
        <source>Install one first, into the same Python as Shoal.</source>
        <translation>请先安装一个插件，与 Shoal 装在同一个 Python 中。</translation>
    </message>
    <message>
        <source>Install pyarrow or polars beside Shoal, or write the table as .npz or .json.</source>
        <translation>请与 Shoal 一起安装 pyarrow 或 polars，或将表格写为 .npz 或 .json。</translation>
    </message>
    <message>
        <source>Install that one, or in Python: pip install &apos;shoal[{extra}]&apos;.</source>
        <translation>请安装完整版，或在 Python 中运行：pip install &apos;shoal[{extra}]&apos;。</translation>
    </message>
    <message>
        <source>Install the same version of Shoal and the same weights on all machines.</source>
        <translation>请在所有机器上安装相同版本的 Shoal 和相同的权重。</translation>
    </message>
    <message>
        <source>Install the whole program.</source>
        <translation>请安装完整的程序。</translation>
    </message>
    <message>
        <source>Install them: pip install &apos;shoal[cluster]&apos;.</source>
        <translation>请安装：pip install &apos;shoal[cluster]&apos;。</translation>
    </message>
    <message>
        <source>Installed packages that may add models, algorithms and documents, such as one, two. They run with your rights, from the next start on.</source>
        <translation>允许添加模型、算法和文档的已安装软件包，例如 one, two。它们以您的权限运行，下次启动时生效。</translation>
    </message>
    <message>
        <source>It finds: {kinds}.</source>
        <translation>它能识别：{kinds}。</translation>
    </message>
    <message>
        <source>It has: {choices}.</source>
        <translation>它有：{choices}。</translation>
    </message>
    <message>
        <source>It has: {layer}.</source>
        <translation>它有：{layer}。</translation>
    </message>
    <message>
        <source>It has: {names}.</source>
        <translation>它有：{names}。</translation>
    </message>
    <message>
        <source>It knows, for example: {nearby}. A CLIP model reads any words.</source>
        <translation>它认识的词例如：{nearby}。CLIP 模型可以理解任何词语。</translation>
    </message>
    <message>
        <source>It should have a path and a vector for each picture: see shoal embed.</source>
        <translation>每张图片应有一个路径和一个向量：参见 shoal embed。</translation>
    </message>
    <message>
        <source>It should look like {&quot;input&quot;: {&quot;size&quot;: 224, &quot;resize&quot;: 256, &quot;mean&quot;: [0, 0, 0], &quot;std&quot;: [255, 255, 255]}}.</source>
        <translation>格式应为 {&quot;input&quot;: {&quot;size&quot;: 224, &quot;resize&quot;: 256, &quot;mean&quot;: [0, 0, 0], &quot;std&quot;: [255, 255, 255]}}。</translation>
    </message>
    <message>
        <source>It would not help: of {count} pictures held back {before} found their class without, {after} with it.</source>
        <translation>它不会有帮助：在留出的 {count} 张图片中，不用它时 {before} 找到了类别，用它时 {after}。</translation>
    </message>
    <message>
        <source>Its weights are not in this copy of the program, so it sorts by look, as colour-layout does.</source>
        <translation>此程序副本不含其权重，因此像 colour-layout 一样按外观整理。</translation>
    </message>
    <message>
        <source>Judging clusters</source>
        <translation>正在评估聚类</translation>
    </message>
    <message numerus="yes">
        <source>Keep %n picture(s) where they are</source>
        <translation>
            <numerusform>固定 %n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Kept as {name}</source>
        <translation>已保存为 {name}</translation>
    </message>
    <message>
        <source>Key {digit} is {cluster} from now on</source>
        <translation>从现在起，按键 {digit} 对应 {cluster}</translation>
    </message>
    <message>
        <source>Kinds of objects</source>
        <translation>物体种类</translation>
    </message>
    <message>
        <source>Kinds of objects are named, but whole pictures are sorted.</source>
        <translation>指定了物体的种类，但这里分的是整张图片。</translation>
    </message>
    <message>
        <source>Known pictures</source>
        <translation>已知图片</translation>
    </message>
    <message numerus="yes">
        <source>Label %n picture(s) {colour}</source>
        <translation>
            <numerusform>将 %n 张图片标为{colour}</numerusform>
        </translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Larger files are listed under Problems.</source>
        <translation>更大的文件会列在“问题”中。</translation>
    </message>
    <message>
        <source>Largest file (MB)</source>
        <translation>最大文件（MB）</translation>
    </message>
    <message>
        <source>Largest picture (megapixels)</source>
        <translation>最大图片（百万像素）</translation>
    </message>
    <message>
        <source>Layer {head} is the head of this network: it gives boxes or classes, and no vector.</source>
        <translation>第 {head} 层是该网络的输出头：它给出检测框或类别，而不是向量。</translation>
    </message>
    <message>
        <source>Laying pictures on each other</source>
        <translation>正在叠合比较图片</translation>
    </message>
    <message>
        <source>Learned from pictures and their texts in many languages; its weights come as a file of your own.</source>
        <translation>从图片及其多语言文字中学习；权重由您自己的文件提供。</translation>
    </message>
    <message>
        <source>Learned without labels: better than the small one, four times as slow.</source>
        <translation>无标签学习：比小型更好，慢四倍。</translation>
    </message>
    <message>
        <source>Learned without labels: tells things apart better than its size suggests.</source>
        <translation>无标签学习：体积虽小，区分能力出众。</translation>
    </message>
    <message>
        <source>Learning from examples</source>
        <translation>正在从示例学习</translation>
    </message>
    <message>
        <source>Learning from the heavy model</source>
        <translation>正在向大模型学习</translation>
    </message>
    <message>
        <source>Learning what counts</source>
        <translation>正在学习什么重要</translation>
    </message>
    <message>
        <source>Learnt distances: off ({more} of {asked} held-back corrections found again).</source>
        <translation>学得的距离：关（留作检验的 {asked} 次更正中找回 {more} 次）。</translation>
    </message>
    <message>
        <source>Learnt distances: on ({more} of {asked} held-back corrections found again).</source>
        <translation>学得的距离：开（留作检验的 {asked} 次更正中找回 {more} 次）。</translation>
    </message>
    <message numerus="yes">
        <source>Leave %n picture(s) as their files say</source>
        <translation>
            <numerusform>将 %n 张图片恢复为文件中的标记</numerusform>
        </translation>
    </message>
    <message>
        <source>Leave --focus and --objects out, or --metric.</source>
        <translation>请去掉 --focus 和 --objects，或去掉 --metric。</translation>
    </message>
    <message>
        <source>Leave --focus or --objects out.</source>
        <translation>请去掉 --focus 或 --objects。</translation>
    </message>
    <message>
        <source>Leave --focus out.</source>
        <translation>请去掉 --focus。</translation>
    </message>
    <message>
        <source>Leave --gpus-per-worker out.</source>
        <translation>请去掉 --gpus-per-worker。</translation>
    </message>
    <message>
        <source>Leave --half out.</source>
        <translation>请去掉 --half。</translation>
    </message>
    <message>
        <source>Leave --image-size out.</source>
        <translation>请去掉 --image-size。</translation>
    </message>
    <message>
        <source>Leave --int8 out.</source>
        <translation>去掉 --int8。</translation>
    </message>
    <message>
        <source>Leave --layer out.</source>
        <translation>请去掉 --layer。</translation>
    </message>
    <message>
        <source>Leave --preprocessing out, or say rect, which leaves out the grey bars around whole pictures.</source>
        <translation>请去掉 --preprocessing，或使用 rect，它会省去整张图片周围的灰边。</translation>
    </message>
    <message>
        <source>Leave --weights out.</source>
        <translation>请去掉 --weights。</translation>
    </message>
    <message>
        <source>Leave little unsorted</source>
        <translation>减少未归类</translation>
    </message>
    <message>
        <source>Leave one of the two out.</source>
        <translation>请去掉两者之一。</translation>
    </message>
    <message>
        <source>Leave out --run.</source>
        <translation>请去掉 --run。</translation>
    </message>
    <message>
        <source>Leave out what does not occur.</source>
        <translation>请删去不会出现的词。</translation>
    </message>
    <message>
        <source>Leave them out.</source>
        <translation>请去掉它们。</translation>
    </message>
    <message>
        <source>Leave these options out.</source>
        <translation>请去掉这些选项。</translation>
    </message>
    <message>
        <source>Left alone: {folders}. --include NAME looks into one all the same.</source>
        <translation>未处理：{folders}。使用 --include 名称 仍可查看其中一个。</translation>
    </message>
    <message>
        <source>Left alone: {folders}. A command that is given one of them looks into it.</source>
        <translation>未处理：{folders}。将其中之一交给命令即可查看。</translation>
    </message>
    <message>
        <source>Left alone: {folders}. {remedy}</source>
        <translation>未处理：{folders}。{remedy}</translation>
    </message>
    <message numerus="yes">
        <source>Let go of %n picture(s)</source>
        <translation>
            <numerusform>取消固定 %n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Let go of pins and names</source>
        <translation>解除固定和命名</translation>
    </message>
    <message>
        <source>Let the pictures be sorted first.</source>
        <translation>请先让图片整理完成。</translation>
    </message>
    <message>
        <source>Light or dark. Darker is for judging pictures: nothing else shines.</source>
        <translation>浅色或深色。“更深”适合评判图片：没有其他发亮的东西。</translation>
    </message>
    <message>
        <source>Limits and space</source>
        <translation>限制与空间</translation>
    </message>
    <message>
        <source>Linking files</source>
        <translation>正在链接文件</translation>
    </message>
    <message numerus="yes">
        <source>Look at %n picture(s) again, with {model}?</source>
        <translation>
            <numerusform>用 {model} 重新识别 %n 张图片？</numerusform>
        </translation>
    </message>
    <message>
        <source>Looked for {path} and so on: for the whole path, then for how it ends, at least {name}.</source>
        <translation>查找了 {path} 等：先按完整路径，再按路径结尾，至少按 {name}。</translation>
    </message>
    <message>
        <source>Looking at images</source>
        <translation>正在查看图片</translation>
    </message>
    <message>
        <source>Looking at sidecars</source>
        <translation>正在查看附属文件</translation>
    </message>
    <message>
        <source>Looking at small pictures</source>
        <translation>正在查看小图</translation>
    </message>
    <message>
        <source>Looking for changes</source>
        <translation>正在查找更改</translation>
    </message>
    <message>
        <source>Looking for copies</source>
        <translation>正在查找副本</translation>
    </message>
    <message>
        <source>Looking for images</source>
        <translation>正在查找图片</translation>
    </message>
    <message>
        <source>Looking for series of shots</source>
        <translation>正在寻找连拍系列</translation>
    </message>
    <message>
        <source>Made for telephones: the quickest here, and surprisingly good.</source>
        <translation>为手机而设计：这里最快的，效果出人意料地好。</translation>
    </message>
    <message>
        <source>Make a sub-folder for each class, with three to five pictures in it.</source>
        <translation>请为每个类别建一个子文件夹，其中放三到五张图片。</translation>
    </message>
    <message>
        <source>Make it, or name another.</source>
        <translation>请创建它，或指定其他文件夹。</translation>
    </message>
    <message>
        <source>Make room on it or choose another folder.</source>
        <translation>请腾出空间，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>Make room on it, then export again: it goes on from here.</source>
        <translation>请腾出空间后再次导出：会从这里继续。</translation>
    </message>
    <message>
        <source>Make room on that drive, then try again.</source>
        <translation>请在该驱动器上腾出空间，然后重试。</translation>
    </message>
    <message>
        <source>Make room on that drive.</source>
        <translation>请在该驱动器上腾出空间。</translation>
    </message>
    <message>
        <source>Make room on the drive of {folder}, then try again.</source>
        <translation>请在 {folder} 所在的磁盘上腾出空间，然后重试。</translation>
    </message>
    <message>
        <source>Make {folder} writable, or set SHOAL_HOME to a folder that is.</source>
        <translation>请使 {folder} 可写，或把 SHOAL_HOME 设为可写的文件夹。</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message numerus="yes">
        <source>Mark %n picture(s) as pending</source>
        <translation>
            <numerusform>将 %n 张图片标为待定</numerusform>
        </translation>
    </message>
    <message>
        <source>Maths process</source>
        <translation>计算进程</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Memory for one picture (MB)</source>
        <translation>单张图片的内存上限 (MB)</translation>
    </message>
    <message>
        <source>Merge the two, or keep two clusters of one name?</source>
        <translation>合并两者，还是保留两个同名聚类？</translation>
    </message>
    <message>
        <source>Merge {clusters} into {cluster}</source>
        <translation>将 {clusters} 合并到 {cluster}</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Model {model}</source>
        <translation>模型 {model}</translation>
    </message>
    <message>
        <source>Models are compared by whole pictures, and this project sorts objects in them.</source>
        <translation>模型按整张图片比较，而此项目整理的是图片中的物体。</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Mount it there under the same path, or name the pictures by a URL.</source>
        <translation>请在那里以相同的路径挂载，或用网址指定图片。</translation>
    </message>
    <message numerus="yes">
        <source>Move %n picture(s) as suggested</source>
        <translation>
            <numerusform>按建议移动 %n 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n picture(s) like these to {cluster}</source>
        <translation>
            <numerusform>将 %n 张类似的图片移到 {cluster}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n picture(s) to</source>
        <translation>
            <numerusform>将 %n 张图片移到</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n picture(s) to {cluster}</source>
        <translation>
            <numerusform>将 %n 张图片移到 {cluster}</numerusform>
        </translation>
    </message>
    <message>
        <source>Move all of {clusters} into</source>
        <translation>将 {clusters} 全部移入</translation>
    </message>
    <message>
        <source>Move five pictures to one cluster first: then there may be more like these.</source>
        <translation>请先把五张图片移到同一聚类：之后才可能有更多类似的。</translation>
    </message>
    <message>
        <source>Moving files</source>
        <translation>正在移动文件</translation>
    </message>
    <message>
        <source>Moving to the trash</source>
        <translation>正在移到回收站</translation>
    </message>
    <message>
        <source>Name a file that shoal metric has written.</source>
        <translation>请指定由 shoal metric 写出的文件。</translation>
    </message>
    <message>
        <source>Name a folder that holds some.</source>
        <translation>请指定一个有图片的文件夹。</translation>
    </message>
    <message>
        <source>Name a folder with at least {fewest}.</source>
        <translation>请指定至少有 {fewest} 张的文件夹。</translation>
    </message>
    <message>
        <source>Name a folder with one sub-folder for each kind of picture.</source>
        <translation>请指定一个文件夹，其中每类图片各有一个子文件夹。</translation>
    </message>
    <message>
        <source>Name a new or empty folder with --to.</source>
        <translation>请用 --to 指定一个新的或空的文件夹。</translation>
    </message>
    <message>
        <source>Name a picture.</source>
        <translation>请指定一张图片。</translation>
    </message>
    <message>
        <source>Name a recipe.toml, or a recipe that shoal recipes lists.</source>
        <translation>请指定一个 recipe.toml，或 shoal recipes 列出的配方。</translation>
    </message>
    <message>
        <source>Name a shared folder or a URL: --shards PLACE. It is empty again in the end.</source>
        <translation>请指定共享文件夹或网址：--shards 位置。结束时它会重新变空。</translation>
    </message>
    <message>
        <source>Name clusters first: those without a name of yours are left out.</source>
        <translation>请先命名聚类：没有您所起名称的不包括在内。</translation>
    </message>
    <message>
        <source>Name clusters from a word list</source>
        <translation>按词表为聚类命名</translation>
    </message>
    <message>
        <source>Name from two to {most}, such as --words dog,cat,bird.</source>
        <translation>请指定二到 {most} 个，例如 --words dog,cat,bird。</translation>
    </message>
    <message>
        <source>Name one that is.</source>
        <translation>请指定一个存在的。</translation>
    </message>
    <message>
        <source>Name the model that it was made for.</source>
        <translation>请指定它所属的模型。</translation>
    </message>
    <message>
        <source>Naming clusters</source>
        <translation>正在为聚类命名</translation>
    </message>
    <message>
        <source>Neighbours on the map</source>
        <translation>地图邻居数</translation>
    </message>
    <message>
        <source>Network and plugins</source>
        <translation>网络和插件</translation>
    </message>
    <message>
        <source>Networks cannot be used: onnxruntime does not load.</source>
        <translation>无法使用网络模型：onnxruntime 无法加载。</translation>
    </message>
    <message>
        <source>Networks of the full edition compute in 8-bit numbers on the processor: often faster, less exact. By how much is measured on your pictures, and said.</source>
        <translation>完整版的网络在处理器上以 8 位整数计算：通常更快，但略欠精确。差别会用您的图片测量并告知。</translation>
    </message>
    <message>
        <source>Never merge {one} and {other}</source>
        <translation>永不合并 {one} 与 {other}</translation>
    </message>
    <message numerus="yes">
        <source>New cluster of %n picture(s)</source>
        <translation>
            <numerusform>用 %n 张图片新建聚类</numerusform>
        </translation>
    </message>
    <message>
        <source>New sidecars</source>
        <translation>新建附属文件</translation>
    </message>
    <message>
        <source>No cluster has a name of yours yet, so there are no bins to keep.</source>
        <translation>还没有您命名的聚类，因此没有可保存的分类。</translation>
    </message>
    <message>
        <source>No example could be held back, so there is no confusion matrix.</source>
        <translation>没有可留作检验的示例，因此没有混淆矩阵。</translation>
    </message>
    <message>
        <source>No export into {folder} is waiting to be finished.</source>
        <translation>没有等待完成的到 {folder} 的导出。</translation>
    </message>
    <message>
        <source>No file was named for the model &apos;onnx&apos;.</source>
        <translation>没有为模型“onnx”指定文件。</translation>
    </message>
    <message>
        <source>No picture in {folder} could be read; {path}: {reason}.</source>
        <translation>{folder} 中没有可读取的图片；{path}：{reason}。</translation>
    </message>
    <message>
        <source>No picture in {folder} shows an object of the kinds that were asked for.</source>
        <translation>{folder} 中没有图片含有所要求类别的物体。</translation>
    </message>
    <message>
        <source>No run is called {name}.</source>
        <translation>没有名为 {name} 的结果。</translation>
    </message>
    <message>
        <source>No two pictures share a sub-folder, so there is no confusion matrix.</source>
        <translation>没有两张图片在同一子文件夹中，因此没有混淆矩阵。</translation>
    </message>
    <message>
        <source>Nobody has the key {digit}: choose a card and press Ctrl+{digit}.</source>
        <translation>没有聚类使用按键 {digit}：请选择卡片并按 Ctrl+{digit}。</translation>
    </message>
    <message>
        <source>None is kept here yet.</source>
        <translation>这里还没有保存任何结果。</translation>
    </message>
    <message>
        <source>None of the pictures is in {folder}.</source>
        <translation>{folder} 中没有这些图片。</translation>
    </message>
    <message numerus="yes">
        <source>Not looked at: %n other file(s) ({kinds})</source>
        <translation>
            <numerusform>未查看：另有 %n 个文件（{kinds}）</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing can be written to {folder} ({reason}).</source>
        <translation>无法写入 {folder}（{reason}）。</translation>
    </message>
    <message>
        <source>Nothing here reads Parquet files.</source>
        <translation>这里没有可读取 Parquet 文件的程序。</translation>
    </message>
    <message>
        <source>Nothing in {what} is a picture that can be read.</source>
        <translation>{what}中没有可读取的图片。</translation>
    </message>
    <message>
        <source>Nothing is compared that could flow.</source>
        <translation>没有可以画成流向图的比较。</translation>
    </message>
    <message>
        <source>Nothing is ever downloaded and no connection opened.</source>
        <translation>从不下载任何内容，也不打开任何连接。</translation>
    </message>
    <message>
        <source>Nothing is kept of a dry run, nor with vectors of another program.</source>
        <translation>试运行或使用其他程序的向量时不会保存结果。</translation>
    </message>
    <message>
        <source>Nothing is set aside in {folder} for a full drive: there is too little space.</source>
        <translation>{folder} 中没有为磁盘满时预留空间：空间太少。</translation>
    </message>
    <message>
        <source>Nothing of {folder} was moved to the trash.</source>
        <translation>{folder} 中没有文件被移到回收站。</translation>
    </message>
    <message>
        <source>Nothing says how pictures are prepared for this network, so ImageNet&apos;s usual way was assumed. If it was trained with another, say so with --preprocessing, or in a JSON file beside it.</source>
        <translation>没有说明如何为这个网络准备图片，因此采用了 ImageNet 的通常方式。若训练时用的是别的方式，请用 --preprocessing 或旁边的 JSON 文件说明。</translation>
    </message>
    <message>
        <source>Nothing says what is to be pinned.</source>
        <translation>没有说明要固定什么。</translation>
    </message>
    <message>
        <source>Nothing was written that could be taken back.</source>
        <translation>没有可撤回的写入。</translation>
    </message>
    <message>
        <source>Objects are described by the layers that find them.</source>
        <translation>物体由检测它们的层来描述。</translation>
    </message>
    <message>
        <source>Objects are looked for in whole pictures.</source>
        <translation>物体是在整张图片中查找的。</translation>
    </message>
    <message>
        <source>Of {count} classes no metric can be learnt.</source>
        <translation>{count} 个类别无法学习度量。</translation>
    </message>
    <message>
        <source>Of {name} no example can be read.</source>
        <translation>{name} 没有可读取的示例。</translation>
    </message>
    <message>
        <source>One hierarchy, cut as coarse or fine as you like. Every image gets a cluster.</source>
        <translation>一个层次结构，粗细任选。每张图片都有聚类。</translation>
    </message>
    <message numerus="yes">
        <source>One stack of %n picture(s)</source>
        <translation>
            <numerusform>%n 张图片的一个堆叠</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>One stack of %n picture(s), in each cluster for itself</source>
        <translation>
            <numerusform>%n 张图片的一个堆叠，在每个聚类中各自成组</numerusform>
        </translation>
    </message>
    <message>
        <source>Only objects can be cut out, and whole pictures are sorted here.</source>
        <translation>只能裁出物体，而这里整理的是整张图片。</translation>
    </message>
    <message>
        <source>Only these, such as person, bottle; all kinds if empty.</source>
        <translation>只要这些，例如 person, bottle；留空则包括所有种类。</translation>
    </message>
    <message>
        <source>Only {seq} takes a width, from 1 to 9.</source>
        <translation>只有 {seq} 可以带宽度，1 到 9。</translation>
    </message>
    <message>
        <source>Open the folder itself to compare models.</source>
        <translation>要比较模型，请打开文件夹本身。</translation>
    </message>
    <message>
        <source>Open the folder itself.</source>
        <translation>请直接打开文件夹。</translation>
    </message>
    <message>
        <source>Or open that instead? What you have sorted is kept with its project and comes back with it.</source>
        <translation>还是改为打开它？您整理的内容保存在项目中，随项目一起恢复。</translation>
    </message>
    <message>
        <source>Panorama</source>
        <translation>全景</translation>
    </message>
    <message>
        <source>Past exports</source>
        <translation>以往的导出</translation>
    </message>
    <message numerus="yes">
        <source>Pick %n picture(s)</source>
        <translation>
            <numerusform>留用 %n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Pictures fall into bins when every one has been looked at.</source>
        <translation>所有图片识别完毕后才能归入分类。</translation>
    </message>
    <message>
        <source>Pictures that belong nowhere: 0 leaves them in Unsorted, 1 puts each into its nearest cluster.</source>
        <translation>无处归属的图片：0 留在未归类，1 归入最近的聚类。</translation>
    </message>
    <message>
        <source>Pictures that take more when they are unpacked are listed under Problems.</source>
        <translation>解压后超出此内存的图片会列在“问题”中。</translation>
    </message>
    <message>
        <source>Pictures with more pixels are listed under Problems, for they need more memory than most computers have.</source>
        <translation>超过此像素数的图片会列在“问题”中，因为它们需要的内存超过多数电脑。</translation>
    </message>
    <message>
        <source>Place new pictures</source>
        <translation>放置新图片</translation>
    </message>
    <message>
        <source>Please update the program.</source>
        <translation>请更新程序。</translation>
    </message>
    <message>
        <source>Plug in or mount it, then undo again.</source>
        <translation>请连接或挂载它，然后再次撤销。</translation>
    </message>
    <message>
        <source>Plug in or mount its drive and look again. Nothing was forgotten.</source>
        <translation>请接上或挂载该驱动器后重新查看。没有丢失任何内容。</translation>
    </message>
    <message>
        <source>Plug in or mount its drive, then export again: it goes on.</source>
        <translation>请连接或挂载其驱动器，然后再次导出：会继续进行。</translation>
    </message>
    <message>
        <source>Plugins</source>
        <translation>插件</translation>
    </message>
    <message>
        <source>Preparing {network} for this computer, which happens once</source>
        <translation>正在为本机准备 {network}（仅此一次）</translation>
    </message>
    <message>
        <source>Probing</source>
        <translation>正在探测</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>项目</translation>
    </message>
    <message numerus="yes">
        <source>Put %n cluster(s) under {parent}</source>
        <translation>
            <numerusform>将 %n 个聚类放到 {parent} 之下</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %n outlier(s) into {cluster}</source>
        <translation>
            <numerusform>将 %n 张离群图片放入 {cluster}</numerusform>
        </translation>
    </message>
    <message>
        <source>Put several pictures into each.</source>
        <translation>请在每个子文件夹中放入多张图片。</translation>
    </message>
    <message>
        <source>Put some into it, or leave it out.</source>
        <translation>请放入一些，或去掉它。</translation>
    </message>
    <message>
        <source>Put two or more pictures into each of at least two clusters, and keep them there (K).</source>
        <translation>请在至少两个聚类中各放入两张或更多图片，并将其固定在那里（K）。</translation>
    </message>
    <message>
        <source>Put {name} on top of its stack</source>
        <translation>将 {name} 置于其堆叠顶部</translation>
    </message>
    <message>
        <source>Quick (built-in)</source>
        <translation>快速（内置）</translation>
    </message>
    <message>
        <source>RAW pictures cannot be read: rawpy does not load.</source>
        <translation>无法读取 RAW 图片：rawpy 无法加载。</translation>
    </message>
    <message>
        <source>Ranking images</source>
        <translation>正在为图片排序</translation>
    </message>
    <message>
        <source>Ray cannot be reached ({address}): {reason}.</source>
        <translation>无法连接 Ray（{address}）：{reason}。</translation>
    </message>
    <message>
        <source>Ray sees no graphics card on this computer.</source>
        <translation>Ray 在本机上找不到显卡。</translation>
    </message>
    <message>
        <source>Reading stars and labels</source>
        <translation>正在读取星级和标签</translation>
    </message>
    <message>
        <source>Reading words</source>
        <translation>正在读取文字</translation>
    </message>
    <message>
        <source>Recolour {cluster}</source>
        <translation>更换 {cluster} 的颜色</translation>
    </message>
    <message>
        <source>Reducing vectors</source>
        <translation>正在降维</translation>
    </message>
    <message numerus="yes">
        <source>Refuse %n picture(s) for {cluster}</source>
        <translation>
            <numerusform>拒绝将 %n 张图片放入 {cluster}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Refuse the suggestion for %n picture(s)</source>
        <translation>
            <numerusform>拒绝对 %n 张图片的建议</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject %n duplicate(s)</source>
        <translation>
            <numerusform>排除 %n 张重复的图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject %n picture(s)</source>
        <translation>
            <numerusform>排除 %n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Rename {old} to {new}</source>
        <translation>将 {old} 重命名为 {new}</translation>
    </message>
    <message>
        <source>ResNet-50 without its last layer</source>
        <translation>去掉最后一层的 ResNet-50</translation>
    </message>
    <message>
        <source>Round clusters of similar breadth; you may say how many. Every image gets a cluster.</source>
        <translation>大小相近的圆形聚类，可以指定数量。每张图片都有聚类。</translation>
    </message>
    <message>
        <source>Save it as plain text in UTF-8.</source>
        <translation>请另存为 UTF-8 纯文本。</translation>
    </message>
    <message>
        <source>Save the network&apos;s state_dict, or export it to ONNX.</source>
        <translation>请保存网络的 state_dict，或将其导出为 ONNX。</translation>
    </message>
    <message>
        <source>Say what it wants in a JSON file beside it.</source>
        <translation>请在旁边的 JSON 文件中说明它的要求。</translation>
    </message>
    <message>
        <source>Say what the pictures show, such as &quot;red shoes&quot;, or name a picture after --like.</source>
        <translation>请说明图片的内容，例如“red shoes”，或在 --like 之后指定一张图片。</translation>
    </message>
    <message>
        <source>See that nobody else clears that place, and do it again.</source>
        <translation>请确保没有其他人清空该位置，然后重试。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Sees fine detail: it looks at larger pictures than the others.</source>
        <translation>能看清细节：它查看的图片比其他模型更大。</translation>
    </message>
    <message numerus="yes">
        <source>Set %n picture(s) of {cluster} apart</source>
        <translation>
            <numerusform>将 {cluster} 的 %n 张图片分出</numerusform>
        </translation>
    </message>
    <message>
        <source>Set aside for a full drive</source>
        <translation>为磁盘满时预留</translation>
    </message>
    <message>
        <source>Shoal has no checked download for {name}.</source>
        <translation>Shoal 没有经过校验的 {name} 下载来源。</translation>
    </message>
    <message>
        <source>Shoal needs one that takes one square colour picture.</source>
        <translation>Shoal 需要输入为单张正方形彩色图片的网络。</translation>
    </message>
    <message>
        <source>Shoal was updated, and its cache {name} is made anew: pictures are looked at once more.</source>
        <translation>Shoal 已更新，其缓存 {name} 将重新建立：图片会再看一遍。</translation>
    </message>
    <message>
        <source>Show the folder that holds them now.</source>
        <translation>请指出它们现在所在的文件夹。</translation>
    </message>
    <message>
        <source>Small and quick: what is in the picture, roughly.</source>
        <translation>小而快：大致看出图片内容。</translation>
    </message>
    <message>
        <source>Sort by hand</source>
        <translation>手动整理</translation>
    </message>
    <message>
        <source>Sort by objects, the main one or every one.</source>
        <translation>请改为按物体分类：按主要物体或每个物体。</translation>
    </message>
    <message numerus="yes">
        <source>Sort into %n cluster(s)</source>
        <translation>
            <numerusform>分成 %n 个聚类</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sort into %n named cluster(s)</source>
        <translation>
            <numerusform>整理到 %n 个命名的聚类</numerusform>
        </translation>
    </message>
    <message>
        <source>Sort into clusters</source>
        <translation>归入聚类</translation>
    </message>
    <message>
        <source>Sort into the bins of a scheme</source>
        <translation>归入方案的分类</translation>
    </message>
    <message>
        <source>Sort more pictures by hand, above all those that the model takes for something else.</source>
        <translation>请多手工整理一些图片，尤其是被模型认错的图片。</translation>
    </message>
    <message>
        <source>Sorts by look: colours, edges, texture and composition. No network, nothing to download.</source>
        <translation>按外观整理：颜色、边缘、纹理和构图。无需网络模型，无需下载。</translation>
    </message>
    <message>
        <source>Sorts by what is in the pictures: EfficientNet-Lite0, trained on ImageNet. Comes with the program, works offline.</source>
        <translation>按图片内容整理：在 ImageNet 上训练的 EfficientNet-Lite0。随程序提供，可离线使用。</translation>
    </message>
    <message>
        <source>Sorts by what is in the pictures: a small network, very quick and less sure. Works offline.</source>
        <translation>按图片内容整理：小型网络，速度很快，准确度稍低。可离线使用。</translation>
    </message>
    <message>
        <source>Space for thumbnails (MB)</source>
        <translation>缩略图空间（MB）</translation>
    </message>
    <message numerus="yes">
        <source>Split a stack of %n picture(s)</source>
        <translation>
            <numerusform>拆分 %n 张图片的堆叠</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Split off %n picture(s) of {cluster}</source>
        <translation>
            <numerusform>从 {cluster} 拆出 %n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Split {cluster} in {parts}</source>
        <translation>将 {cluster} 拆成 {parts} 份</translation>
    </message>
    <message numerus="yes">
        <source>Stack %n picture(s)</source>
        <translation>
            <numerusform>将 %n 张图片堆叠</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stack %n picture(s) as they were found</source>
        <translation>
            <numerusform>将 %n 张图片恢复为自动识别的堆叠</numerusform>
        </translation>
    </message>
    <message>
        <source>Start a new one.</source>
        <translation>请开始新的导出。</translation>
    </message>
    <message>
        <source>Start from the sub-folders</source>
        <translation>以子文件夹开始</translation>
    </message>
    <message>
        <source>Start the program again.</source>
        <translation>请重新启动程序。</translation>
    </message>
    <message>
        <source>Starting workers</source>
        <translation>正在启动工作进程</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message numerus="yes">
        <source>Take %n cluster(s) from their parent</source>
        <translation>
            <numerusform>将 %n 个聚类从上级中取出</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take %n picture(s) out of their stacks</source>
        <translation>
            <numerusform>将 %n 张图片从其堆叠中取出</numerusform>
        </translation>
    </message>
    <message>
        <source>Take fewer numbers, or leave the reducing out.</source>
        <translation>请减少数值个数，或不降维。</translation>
    </message>
    <message>
        <source>Take other pictures as examples.</source>
        <translation>请用其他图片作示例。</translation>
    </message>
    <message numerus="yes">
        <source>Take out %n picture(s) that are gone</source>
        <translation>
            <numerusform>移除 %n 张已不存在的图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take the flag off %n picture(s)</source>
        <translation>
            <numerusform>取消 %n 张图片的旗标</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take the label off %n picture(s)</source>
        <translation>
            <numerusform>取消 %n 张图片的标签</numerusform>
        </translation>
    </message>
    <message>
        <source>Take {layer}, the layer before it; -1 is that layer, too.</source>
        <translation>请取第 {layer} 层，即它的前一层；-1 也是这一层。</translation>
    </message>
    <message>
        <source>Taking sidecars back</source>
        <translation>正在撤回附属文件</translation>
    </message>
    <message>
        <source>That takes about {time}; you can go on meanwhile.</source>
        <translation>大约需要{time}；期间您可以继续操作。</translation>
    </message>
    <message>
        <source>The cache {name} could not be used and begins anew: pictures are looked at again.</source>
        <translation>缓存 {name} 已损坏并将重新建立：图片会再查看一次。</translation>
    </message>
    <message>
        <source>The cache {name} is of a newer version of Shoal and begins anew: pictures are looked at again.</source>
        <translation>缓存 {name} 属于较新版本的 Shoal，将重新建立：图片会再看一遍。</translation>
    </message>
    <message>
        <source>The classic: what is in the picture, at a fair speed.</source>
        <translation>经典之选：看出图片内容，速度适中。</translation>
    </message>
    <message>
        <source>The condition “{text}” makes no sense at character {place}: {what}.</source>
        <translation>条件“{text}”在第 {place} 个字符处无法理解：{what}。</translation>
    </message>
    <message>
        <source>The download of {url} broke off.</source>
        <translation>{url} 的下载中断了。</translation>
    </message>
    <message>
        <source>The drive cannot give these files a second name: it lies on another drive, or has no such links.</source>
        <translation>无法为这些文件建立第二个名称：目标在另一个驱动器上，或该驱动器不支持硬链接。</translation>
    </message>
    <message>
        <source>The drive cannot share the contents of files between two names.</source>
        <translation>该驱动器不能让两个文件名共用同一份内容。</translation>
    </message>
    <message>
        <source>The drive has no symbolic links, or you may not make them.</source>
        <translation>该驱动器不支持符号链接，或您无权创建。</translation>
    </message>
    <message>
        <source>The drive of {folder} is full. What you do is still kept, in space that Shoal had set aside: make room on it.</source>
        <translation>{folder} 所在的磁盘已满。您的操作仍会保存在 Shoal 预留的空间中：请在该磁盘上腾出空间。</translation>
    </message>
    <message>
        <source>The drive of {folder} is not there.</source>
        <translation>{folder} 所在的驱动器未连接。</translation>
    </message>
    <message>
        <source>The drive of {root} is full.</source>
        <translation>{root} 所在的驱动器已满。</translation>
    </message>
    <message>
        <source>The drive of {root} went away while its pictures were looked at.</source>
        <translation>查看图片时，{root} 所在的驱动器断开了。</translation>
    </message>
    <message>
        <source>The ending says what kind of file it becomes.</source>
        <translation>扩展名决定文件的类型。</translation>
    </message>
    <message>
        <source>The export folder {root} lies in {what}.</source>
        <translation>导出文件夹 {root} 位于{what}中。</translation>
    </message>
    <message>
        <source>The export folder {root} lies inside {source_root}, the folder that is being sorted.</source>
        <translation>导出文件夹 {root} 位于正在整理的文件夹 {source_root} 之内。</translation>
    </message>
    <message>
        <source>The export needs {needed}, and the drive of {root} has {free} left.</source>
        <translation>导出需要 {needed}，而 {root} 所在的驱动器只剩 {free}。</translation>
    </message>
    <message>
        <source>The file holds its own weights.</source>
        <translation>该文件自带权重。</translation>
    </message>
    <message>
        <source>The folder {folder} is not there.</source>
        <translation>文件夹 {folder} 不存在。</translation>
    </message>
    <message>
        <source>The generation before YOLO11, which many have at hand.</source>
        <translation>YOLO11 的上一代，很多人手头就有。</translation>
    </message>
    <message>
        <source>The journal of this export has gone.</source>
        <translation>这次导出的日志已不存在。</translation>
    </message>
    <message>
        <source>The journal {path} is damaged.</source>
        <translation>日志 {path} 已损坏。</translation>
    </message>
    <message>
        <source>The language of the window; it changes as soon as no work is going on.</source>
        <translation>窗口的语言；没有任务在进行时立即切换。</translation>
    </message>
    <message>
        <source>The library {name} is not installed.</source>
        <translation>未安装库 {name}。</translation>
    </message>
    <message>
        <source>The list holds more than {limit} words.</source>
        <translation>词表超过 {limit} 个词。</translation>
    </message>
    <message>
        <source>The list holds no words.</source>
        <translation>词表中没有词。</translation>
    </message>
    <message>
        <source>The list of words is not in this copy of the program.</source>
        <translation>此程序副本中没有词表。</translation>
    </message>
    <message>
        <source>The map with legend and typical pictures (map.png)</source>
        <translation>带图例和典型图片的地图 (map.png)</translation>
    </message>
    <message>
        <source>The maps of the first nine layers, pooled 3 x 3 and 2 x 2 and laid out in a row.</source>
        <translation>前九层的特征图，经 3 x 3 和 2 x 2 池化后排成一行。</translation>
    </message>
    <message>
        <source>The model {model} gives wrong numbers.</source>
        <translation>模型 {model} 的结果有误。</translation>
    </message>
    <message>
        <source>The network does not take pictures of {size} x {size} pixels: {reason}.</source>
        <translation>该网络不接受 {size} x {size} 像素的图片：{reason}。</translation>
    </message>
    <message>
        <source>The network has no output {output}.</source>
        <translation>该网络没有输出 {output}。</translation>
    </message>
    <message>
        <source>The network of many tutorials; large and slow. Its layer fc1 is fed as they do it.</source>
        <translation>许多教程使用的网络；又大又慢。其 fc1 层的输入与教程一致。</translation>
    </message>
    <message>
        <source>The network takes {size} x {size} pixels, but its description says {described}.</source>
        <translation>该网络接受 {size} x {size} 像素，但其描述为 {described}。</translation>
    </message>
    <message>
        <source>The network takes {size} x {size} pixels.</source>
        <translation>该网络接受 {size} x {size} 像素的图片。</translation>
    </message>
    <message>
        <source>The network {what}.</source>
        <translation>该网络{what}。</translation>
    </message>
    <message>
        <source>The newest of the family; its weights come as a file of your own.</source>
        <translation>该系列中最新的；其权重需由您提供文件。</translation>
    </message>
    <message>
        <source>The numbers in an ONNX file have as many bits as they have.</source>
        <translation>ONNX 文件中数字的位数是固定的。</translation>
    </message>
    <message>
        <source>The other runs and the project itself are not; delete this one.</source>
        <translation>其他结果和项目本身没有损坏；请删除这一个。</translation>
    </message>
    <message>
        <source>The output {output} is not a vector per picture.</source>
        <translation>输出 {output} 不是每张图片一个向量。</translation>
    </message>
    <message>
        <source>The pictures are not in sub-folders.</source>
        <translation>图片不在子文件夹中。</translation>
    </message>
    <message>
        <source>The pictures in {folder} are not sorted into sub-folders, so there is nothing to compare with.</source>
        <translation>{folder} 中的图片没有按子文件夹整理，因此无从比较。</translation>
    </message>
    <message>
        <source>The pictures were sorted whole, so nothing can be cut out.</source>
        <translation>图片是整张分类的，没有可裁剪的物体。</translation>
    </message>
    <message>
        <source>The plugin {name} is not installed.</source>
        <translation>未安装插件 {name}。</translation>
    </message>
    <message>
        <source>The run {name} in the project file is damaged.</source>
        <translation>项目文件中的结果 {name} 已损坏。</translation>
    </message>
    <message>
        <source>The same for programs (clusters.json)</source>
        <translation>供程序使用的同一表格（clusters.json）</translation>
    </message>
    <message>
        <source>The same page with its pictures in a folder</source>
        <translation>同一页面，图片另存于文件夹</translation>
    </message>
    <message>
        <source>The same to edit (dendrogram.svg)</source>
        <translation>同上，可编辑 (dendrogram.svg)</translation>
    </message>
    <message>
        <source>The same to edit (map.svg)</source>
        <translation>同上，可编辑 (map.svg)</translation>
    </message>
    <message>
        <source>The same to edit (silhouettes.svg)</source>
        <translation>同上，可编辑 (silhouettes.svg)</translation>
    </message>
    <message>
        <source>The scheme was made with {model}, and these pictures were not looked at so.</source>
        <translation>该方案是用 {model} 创建的，而这些图片不是这样识别的。</translation>
    </message>
    <message>
        <source>The sidecars say all of it already.</source>
        <translation>附属文件中已有全部内容。</translation>
    </message>
    <message>
        <source>The table cannot be read: {reason}.</source>
        <translation>无法读取表格：{reason}。</translation>
    </message>
    <message>
        <source>The template asks for {{field}:{text}}.</source>
        <translation>模板中有 {{field}:{text}}。</translation>
    </message>
    <message>
        <source>The template for file names is incomplete.</source>
        <translation>文件名模板不完整。</translation>
    </message>
    <message>
        <source>The template has no field {{field}}.</source>
        <translation>模板没有字段 {{field}}。</translation>
    </message>
    <message>
        <source>The template has too many folders inside each other.</source>
        <translation>模板中嵌套的文件夹过多。</translation>
    </message>
    <message>
        <source>The trash cannot be reached: PySide6 is not installed.</source>
        <translation>无法使用回收站：未安装 PySide6。</translation>
    </message>
    <message>
        <source>The tree of the clusters (dendrogram.png)</source>
        <translation>聚类的树 (dendrogram.png)</translation>
    </message>
    <message>
        <source>The weights of {model} are not on this computer, and Shoal is set to work offline.</source>
        <translation>本机没有 {model} 的权重，而 Shoal 设置为离线工作。</translation>
    </message>
    <message>
        <source>The weights of {model} have to be downloaded: {megabytes} MB from {netloc}, licence {licence}.</source>
        <translation>需要下载 {model} 的权重：{megabytes} MB，来自 {netloc}，许可证 {licence}。</translation>
    </message>
    <message>
        <source>The weights {path} cannot be read ({reason}).</source>
        <translation>无法读取权重 {path}（{reason}）。</translation>
    </message>
    <message>
        <source>The workers of {address} need a place that all machines can write to.</source>
        <translation>{address} 的工作进程需要一个所有机器都能写入的位置。</translation>
    </message>
    <message>
        <source>The {name} helper process is closed.</source>
        <translation>辅助进程 {name} 已关闭。</translation>
    </message>
    <message>
        <source>There are no clusters yet that could be kept.</source>
        <translation>还没有可以保存的聚类。</translation>
    </message>
    <message>
        <source>There are no pictures in {folder}.</source>
        <translation>{folder} 中没有图片。</translation>
    </message>
    <message>
        <source>There are too few pictures for {how}: it can give {most} numbers at most.</source>
        <translation>图片太少，无法使用 {how}：它最多能给出 {most} 个数值。</translation>
    </message>
    <message>
        <source>There are {fields}.</source>
        <translation>有 {fields}。</translation>
    </message>
    <message>
        <source>There are {names}.</source>
        <translation>现有 {names}。</translation>
    </message>
    <message>
        <source>There is a cluster {name} already.</source>
        <translation>已有名为 {name} 的聚类。</translation>
    </message>
    <message>
        <source>There is hardly any space left for {folder}.</source>
        <translation>{folder} 的空间所剩无几。</translation>
    </message>
    <message>
        <source>There is no clustering algorithm {name}.</source>
        <translation>没有名为 {name} 的聚类算法。</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>没有文件夹 {folder}。</translation>
    </message>
    <message>
        <source>There is no model {model}.</source>
        <translation>没有模型 {model}。</translation>
    </message>
    <message>
        <source>There is no pair of clusters left to ask about.</source>
        <translation>没有剩下的聚类对可以询问。</translation>
    </message>
    <message>
        <source>There is no picture {path}.</source>
        <translation>没有图片 {path}。</translation>
    </message>
    <message>
        <source>There is no plugin {name}.</source>
        <translation>没有名为 {name} 的插件。</translation>
    </message>
    <message>
        <source>There is no space for a download of {needed} MB.</source>
        <translation>空间不足，无法下载 {needed} MB。</translation>
    </message>
    <message>
        <source>There is no space left to write {path}.</source>
        <translation>没有空间可写入 {path}。</translation>
    </message>
    <message>
        <source>There is no space left to write {target}.</source>
        <translation>没有空间可写入 {target}。</translation>
    </message>
    <message>
        <source>There is no {name}; there are {names}.</source>
        <translation>没有 {name}；有 {names}。</translation>
    </message>
    <message>
        <source>There is not enough memory to look at a single image with this model.</source>
        <translation>内存不足，用此模型连一张图片也无法查看。</translation>
    </message>
    <message>
        <source>There is nothing in doubt until every picture has been looked at.</source>
        <translation>所有图片识别完毕之前没有存疑的图片。</translation>
    </message>
    <message>
        <source>There is nothing to look for.</source>
        <translation>没有给出要查找的内容。</translation>
    </message>
    <message>
        <source>These pictures are compared by a metric already.</source>
        <translation>这些图片已在使用某个度量进行比较。</translation>
    </message>
    <message>
        <source>This export is being worked on by another window.</source>
        <translation>另一个窗口正在处理这次导出。</translation>
    </message>
    <message>
        <source>This export was made by a newer version of the program.</source>
        <translation>这次导出由较新版本的程序完成。</translation>
    </message>
    <message>
        <source>This is the first one: choose the first picture of the other stack</source>
        <translation>这是第一张：请选择另一个堆叠的第一张图片</translation>
    </message>
    <message>
        <source>This metric was learnt with {model}, and another model looks now.</source>
        <translation>此度量是用 {model} 学习的，而现在使用的是另一个模型。</translation>
    </message>
    <message>
        <source>This model does not know {kind}.</source>
        <translation>该模型不认识 {kind}。</translation>
    </message>
    <message>
        <source>This network has no layer {layer}.</source>
        <translation>该网络没有 {layer} 层。</translation>
    </message>
    <message>
        <source>This project can only be looked at.</source>
        <translation>此项目只能查看。</translation>
    </message>
    <message>
        <source>This project sorts objects in pictures.</source>
        <translation>此项目整理的是图片中的物体。</translation>
    </message>
    <message>
        <source>This project sorts whole pictures.</source>
        <translation>此项目整理的是整张图片。</translation>
    </message>
    <message>
        <source>This step cannot be taken back: the history in the project file is damaged.</source>
        <translation>无法撤销这一步：项目文件中的历史记录已损坏。</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>缩略图</translation>
    </message>
    <message>
        <source>To have one looked into all the same, choose it with File &gt; Add folder.</source>
        <translation>若仍要查看其中一个，请用“文件 &gt; 添加文件夹”选择它。</translation>
    </message>
    <message>
        <source>Torch does not load: {error}</source>
        <translation>无法加载 torch：{error}</translation>
    </message>
    <message>
        <source>Trained to find things: sorts by what stands in the picture, and finds objects.</source>
        <translation>为检测物体而训练：按图中出现的东西分类，并能找出物体。</translation>
    </message>
    <message>
        <source>Trained to name pictures: sorts by their subject, and quickly.</source>
        <translation>为图片分类而训练：按主题分类，速度快。</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>层次树</translation>
    </message>
    <message>
        <source>Try again later, or get the file yourself and name it with --weights.</source>
        <translation>请稍后重试，或自行获取该文件并用 --weights 指定。</translation>
    </message>
    <message>
        <source>Try again: it goes on from where it was.</source>
        <translation>请重试：会从中断处继续。</translation>
    </message>
    <message>
        <source>Try {template}.</source>
        <translation>可以试试 {template}。</translation>
    </message>
    <message>
        <source>Two stacks: {first} and {other}</source>
        <translation>两个堆叠：{first} 和 {other}</translation>
    </message>
    <message>
        <source>Type one.</source>
        <translation>请输入一个。</translation>
    </message>
    <message>
        <source>Ultralytics&apos; library cannot open a file called {path} in {folder}.</source>
        <translation>Ultralytics 的库无法打开 {folder} 中名为 {path} 的文件。</translation>
    </message>
    <message>
        <source>Ultralytics&apos; library was loaded without its safety switches, so no checkpoint is opened.</source>
        <translation>Ultralytics 的库在未启用安全开关的情况下被加载，因此不会打开任何权重文件。</translation>
    </message>
    <message>
        <source>Undoing the export</source>
        <translation>正在撤销导出</translation>
    </message>
    <message>
        <source>Undone: {step}</source>
        <translation>已撤销：{step}</translation>
    </message>
    <message>
        <source>Update the program; the file was left as it is.</source>
        <translation>请更新程序；文件保持原样。</translation>
    </message>
    <message>
        <source>VGG-16 fc1 and k-means</source>
        <translation>VGG-16 fc1 与 k-means</translation>
    </message>
    <message>
        <source>Vectors from a file say nothing of {count} other pictures.</source>
        <translation>文件中的向量没有涉及另外 {count} 张图片。</translation>
    </message>
    <message>
        <source>Wait until it is done.</source>
        <translation>请等待完成。</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>What YOLO11 sees, evened out, 16 numbers by UMAP, and k-means with a number of your own.</source>
        <translation>YOLO11 所见，经均衡，由 UMAP 得到 16 个数值，再用您指定数目的 k-means。</translation>
    </message>
    <message>
        <source>What came from {url} is not what was published: its SHA-256 is another.</source>
        <translation>从 {url} 下载的文件与发布的不符：SHA-256 不同。</translation>
    </message>
    <message>
        <source>What counts</source>
        <translation>依据</translation>
    </message>
    <message numerus="yes">
        <source>What do these %n picture(s) show?</source>
        <translation>
            <numerusform>这 %n 张图片是什么？</numerusform>
        </translation>
    </message>
    <message>
        <source>What has served best on the sets that Shoal was measured with. Nothing need be chosen.</source>
        <translation>在用于测量 Shoal 的图片集上效果最好的方式。无需选择。</translation>
    </message>
    <message>
        <source>What is in the picture, in words: finds pictures and names clusters by English text.</source>
        <translation>用文字理解图片内容：可用英文查找图片、为聚类命名。</translation>
    </message>
    <message>
        <source>What is looked at</source>
        <translation>识别哪些图片</translation>
    </message>
    <message>
        <source>What is sorted</source>
        <translation>整理对象</translation>
    </message>
    <message>
        <source>What looks at the pictures when a folder is opened.</source>
        <translation>打开文件夹时用来识别图片的模型。</translation>
    </message>
    <message>
        <source>What sorts by look is no network: it has no layers, weights or preprocessing.</source>
        <translation>按外观整理的不是网络：没有层、权重或预处理。</translation>
    </message>
    <message>
        <source>What stands in for {model}</source>
        <translation>代替 {model} 的模型</translation>
    </message>
    <message>
        <source>What the workers had laid down is gone or torn.</source>
        <translation>工作进程存放的内容已丢失或损坏。</translation>
    </message>
    <message>
        <source>What was exported is safe, but stays as it is.</source>
        <translation>已导出的文件安全无损，但保持原样。</translation>
    </message>
    <message>
        <source>What was exported stays as it is.</source>
        <translation>已导出的文件保持原样。</translation>
    </message>
    <message>
        <source>What you moved or named stays. What {model} has found is kept, so that going back takes a moment.</source>
        <translation>您移动或命名的保持不变。{model} 的结果会保留，因此返回只需片刻。</translation>
    </message>
    <message>
        <source>What {model} saw of the pictures was damaged in the cache, and is thrown out.</source>
        <translation>缓存中 {model} 对图片的分析结果已损坏，已被清除。</translation>
    </message>
    <message>
        <source>Where a picture is looked at says {model} only, which is not here.</source>
        <translation>图片的主体位置只能由 {model} 判断，而它不在这里。</translation>
    </message>
    <message>
        <source>Whole pictures, or what a YOLO finds in them.</source>
        <translation>整张图片，或 YOLO 在其中找到的物体。</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Work offline</source>
        <translation>离线工作</translation>
    </message>
    <message>
        <source>Working with Ray needs packages that are not installed here.</source>
        <translation>使用 Ray 需要这里尚未安装的软件包。</translation>
    </message>
    <message>
        <source>Write first.</source>
        <translation>请先写入。</translation>
    </message>
    <message>
        <source>Write for example {example}.</source>
        <translation>例如写 {example}。</translation>
    </message>
    <message>
        <source>Write it as onnx:FILE, without --weights.</source>
        <translation>请写作 onnx:文件，不带 --weights。</translation>
    </message>
    <message>
        <source>Write it as onnx:FILE.</source>
        <translation>请写作 onnx:文件。</translation>
    </message>
    <message>
        <source>Write one name a line.</source>
        <translation>每行写一个名称。</translation>
    </message>
    <message>
        <source>Write {field}, and {{ or }} for a brace itself.</source>
        <translation>请写成 {field}；花括号本身请写成 {{ 或 }}。</translation>
    </message>
    <message>
        <source>Writing into {root} failed ({reason}).</source>
        <translation>写入 {root} 失败（{reason}）。</translation>
    </message>
    <message>
        <source>Writing sidecars</source>
        <translation>正在写入附属文件</translation>
    </message>
    <message>
        <source>YOLO11&apos;s successor with attention; its weights come as a file of your own.</source>
        <translation>YOLO11 的后继，带注意力机制；其权重需由您提供文件。</translation>
    </message>
    <message>
        <source>YOLO11, StandardScaler, UMAP, k-means</source>
        <translation>YOLO11、StandardScaler、UMAP、k-means</translation>
    </message>
    <message>
        <source>YOLOv5 with the newer head; its weights come as a file of your own.</source>
        <translation>带新检测头的 YOLOv5；权重需要您自己提供文件。</translation>
    </message>
    <message>
        <source>YOLOv5, the first nine layers</source>
        <translation>YOLOv5，前九层</translation>
    </message>
    <message>
        <source>a bin</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>a bin of digiKam</source>
        <translation>digiKam 的回收站</translation>
    </message>
    <message>
        <source>a catalogue of Capture One</source>
        <translation>Capture One 目录</translation>
    </message>
    <message>
        <source>a catalogue of Lightroom, or its previews</source>
        <translation>Lightroom 目录或其预览</translation>
    </message>
    <message>
        <source>a date is written like 2024-05-31, 2024-05 or 2024</source>
        <translation>日期写作 2024-05-31、2024-05 或 2024</translation>
    </message>
    <message>
        <source>a file of that name is there that no export has written; it stays</source>
        <translation>那里有一个同名文件，不是由导出写入的；它保持不变</translation>
    </message>
    <message>
        <source>a file of this name has appeared in the export folder meanwhile</source>
        <translation>导出文件夹中此时已出现同名文件</translation>
    </message>
    <message>
        <source>a folder of the system</source>
        <translation>系统文件夹</translation>
    </message>
    <message>
        <source>a kind of {format} that Shoal cannot read ({kind})</source>
        <translation>Shoal 无法读取的一种 {format}（{kind}）</translation>
    </message>
    <message>
        <source>a library of Apple Photos, iPhoto or Aperture</source>
        <translation>Apple 照片、iPhoto 或 Aperture 图库</translation>
    </message>
    <message>
        <source>a library of a program</source>
        <translation>某个程序的图库</translation>
    </message>
    <message>
        <source>a link to a device, pipe or socket</source>
        <translation>指向设备、管道或套接字的链接</translation>
    </message>
    <message>
        <source>a link to a file that cannot be reached</source>
        <translation>指向无法访问的文件的链接</translation>
    </message>
    <message>
        <source>a newer one has gone home in its place</source>
        <translation>已有较新的文件代替它返回原处</translation>
    </message>
    <message>
        <source>a program</source>
        <translation>某个程序</translation>
    </message>
    <message>
        <source>a program&apos;s cache</source>
        <translation>某个程序的缓存</translation>
    </message>
    <message>
        <source>a step of its history is damaged</source>
        <translation>其历史记录中有一步已损坏</translation>
    </message>
    <message>
        <source>a storage holds {length} numbers, not {expected}</source>
        <translation>一块存储包含 {length} 个数，而不是 {expected} 个</translation>
    </message>
    <message>
        <source>a tensor has no proper shape</source>
        <translation>有张量的形状不正确</translation>
    </message>
    <message>
        <source>a tensor reaches beyond its numbers</source>
        <translation>有张量超出了其数据范围</translation>
    </message>
    <message>
        <source>a word or a field is expected here</source>
        <translation>此处应为词语或字段</translation>
    </message>
    <message>
        <source>another file has taken its old place</source>
        <translation>另一个文件占据了它原来的位置</translation>
    </message>
    <message>
        <source>another picture has the name of its original now; it stays</source>
        <translation>现在另一张图片占用了其原件的名称；它保持不变</translation>
    </message>
    <message>
        <source>another program has put {names} beside it since</source>
        <translation>其他程序此后在它旁边放了 {names}</translation>
    </message>
    <message>
        <source>black</source>
        <translation>黑色</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>can be read</source>
        <translation>可以读取</translation>
    </message>
    <message>
        <source>can be read (LibRaw {version})</source>
        <translation>可以读取（LibRaw {version}）</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <source>decoding it took longer than {seconds} seconds</source>
        <translation>解码用时超过 {seconds} 秒</translation>
    </message>
    <message>
        <source>developing the picture would take too much memory</source>
        <translation>冲洗这张图片会占用过多内存</translation>
    </message>
    <message>
        <source>does not start</source>
        <translation>无法启动</translation>
    </message>
    <message>
        <source>does not work</source>
        <translation>无法工作</translation>
    </message>
    <message>
        <source>files of this kind are not looked at</source>
        <translation>不识别此类文件</translation>
    </message>
    <message>
        <source>gives wrong numbers</source>
        <translation>结果有误</translation>
    </message>
    <message>
        <source>green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>灰色</translation>
    </message>
    <message>
        <source>has no output with a vector per picture</source>
        <translation>没有每张图片一个向量的输出</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>已隐藏</translation>
    </message>
    <message>
        <source>it asks for {module}.{name}, which is no tensor</source>
        <translation>它要求 {module}.{name}，而那不是张量</translation>
    </message>
    <message>
        <source>it belongs to another program</source>
        <translation>它属于其他程序</translation>
    </message>
    <message>
        <source>it cannot be put there ({reason})</source>
        <translation>无法放到那里（{reason}）</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>it cannot be read ({reason})</source>
        <translation>无法读取（{reason}）</translation>
    </message>
    <message>
        <source>it cannot be written here ({reason})</source>
        <translation>无法写入此处（{reason}）</translation>
    </message>
    <message>
        <source>it changed while it was being copied</source>
        <translation>复制时文件发生了变化</translation>
    </message>
    <message>
        <source>it changed while the export was being undone</source>
        <translation>撤销导出时它发生了变化</translation>
    </message>
    <message>
        <source>it contradicts itself ({error})</source>
        <translation>内容自相矛盾（{error}）</translation>
    </message>
    <message>
        <source>it could not be brought back ({reason})</source>
        <translation>无法恢复（{reason}）</translation>
    </message>
    <message>
        <source>it could not be moved to the trash ({reason})</source>
        <translation>无法将其移到回收站（{reason}）</translation>
    </message>
    <message>
        <source>it could not be taken back ({reason})</source>
        <translation>无法撤回（{reason}）</translation>
    </message>
    <message>
        <source>it could not take the cluster: it is not XMP that can be changed safely</source>
        <translation>无法写入聚类：它不是可以安全更改的 XMP</translation>
    </message>
    <message>
        <source>it describes a storage that is unknown here</source>
        <translation>它描述的存储方式在此未知</translation>
    </message>
    <message>
        <source>it ends in none of {endings}</source>
        <translation>其结尾不是 {endings} 之一</translation>
    </message>
    <message>
        <source>it has changed since</source>
        <translation>它此后已更改</translation>
    </message>
    <message>
        <source>it has changed since it was exported</source>
        <translation>导出之后已被更改</translation>
    </message>
    <message>
        <source>it has changed since it was looked at</source>
        <translation>查看之后已被更改</translation>
    </message>
    <message>
        <source>it holds no network of Ultralytics</source>
        <translation>其中没有 Ultralytics 的网络</translation>
    </message>
    <message>
        <source>it holds other things than tensors with names</source>
        <translation>其中有不属于命名张量的内容</translation>
    </message>
    <message>
        <source>it holds pictures of another source; the cluster of this name gets a folder of its own</source>
        <translation>其中有来自另一来源的图片；此名称的聚类会使用自己的文件夹</translation>
    </message>
    <message>
        <source>it holds the weights of another network</source>
        <translation>其中是另一个网络的权重</translation>
    </message>
    <message>
        <source>it is a link to a file elsewhere, and only files are moved</source>
        <translation>它是指向别处文件的链接，而只有文件会被移动</translation>
    </message>
    <message>
        <source>it is a part of a picture, and sidecars speak of whole ones</source>
        <translation>它是图片的一部分，而附属文件针对整张图片</translation>
    </message>
    <message>
        <source>it is an original, or no file of this export, and those are never trashed</source>
        <translation>它是原始文件，或者不是此次导出的文件，这些绝不会移到回收站</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>it is damaged, or holds something else than a network of Ultralytics</source>
        <translation>它已损坏，或其中不是 Ultralytics 的网络</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>它是空的</translation>
    </message>
    <message>
        <source>it is no TOML ({reason})</source>
        <translation>它不是 TOML（{reason}）</translation>
    </message>
    <message>
        <source>it is no file of tensors ({error})</source>
        <translation>不是张量文件（{error}）</translation>
    </message>
    <message>
        <source>it is no longer in the export folder</source>
        <translation>它已不在导出文件夹中</translation>
    </message>
    <message>
        <source>it is no longer in the trash</source>
        <translation>它已不在回收站中</translation>
    </message>
    <message>
        <source>it is no longer part of the export, but somebody has worked on it there; it stays</source>
        <translation>它已不属于此次导出，但有人在那里处理过它；它保持不变</translation>
    </message>
    <message>
        <source>it is no longer the same file as its original</source>
        <translation>它与原图不再是同一个文件</translation>
    </message>
    <message>
        <source>it is no longer there</source>
        <translation>已不存在</translation>
    </message>
    <message>
        <source>it is no project, or it is damaged</source>
        <translation>它不是项目，或已损坏</translation>
    </message>
    <message>
        <source>it is no text</source>
        <translation>它不是文本</translation>
    </message>
    <message>
        <source>it is not XMP that can be changed safely</source>
        <translation>它不是可以安全更改的 XMP</translation>
    </message>
    <message>
        <source>it is not a regular file</source>
        <translation>它不是普通文件</translation>
    </message>
    <message>
        <source>it is of another format</source>
        <translation>格式不同</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>文件过大</translation>
    </message>
    <message>
        <source>it lies in {what}, out of which nothing is moved</source>
        <translation>它位于{what}中，不会从中移出任何文件</translation>
    </message>
    <message>
        <source>it lists no images</source>
        <translation>其中没有列出任何图片</translation>
    </message>
    <message>
        <source>it stays with {name}</source>
        <translation>它与 {name} 在一起</translation>
    </message>
    <message>
        <source>it was changed there since, and stays as it is</source>
        <translation>它此后在那里被更改过，保持不变</translation>
    </message>
    <message>
        <source>it was changed there since, and stays so but for the cluster</source>
        <translation>它此后在那里被更改过，除聚类外保持不变</translation>
    </message>
    <message>
        <source>it was made with {error}, which is not here</source>
        <translation>它是用 {error} 制作的，而此处没有</translation>
    </message>
    <message>
        <source>it was moved there since, and stays there</source>
        <translation>它此后被移到了那里，留在那里</translation>
    </message>
    <message>
        <source>it was moved to {place} since, and stays there</source>
        <translation>它此后被移到了 {place}，留在那里</translation>
    </message>
    <message>
        <source>it was taken out of the export folder since, and stays out</source>
        <translation>它此后被移出导出文件夹，不再放回</translation>
    </message>
    <message>
        <source>its contents are in the cloud only, and nothing was downloaded</source>
        <translation>其内容只在云端，没有下载任何内容</translation>
    </message>
    <message>
        <source>its contents are in the cloud only: have them downloaded first</source>
        <translation>其内容只在云端：请先下载</translation>
    </message>
    <message>
        <source>its decoder crashed on it, twice</source>
        <translation>解码器在此文件上两次崩溃</translation>
    </message>
    <message>
        <source>its first line does not name the columns path and cluster</source>
        <translation>首行没有 path 和 cluster 这两列</translation>
    </message>
    <message>
        <source>its list of images is damaged ({error})</source>
        <translation>其图片列表已损坏（{error}）</translation>
    </message>
    <message>
        <source>its name is none that a path can have</source>
        <translation>它的名称不能用作路径</translation>
    </message>
    <message>
        <source>its original changed meanwhile and was left in its place</source>
        <translation>原文件此时已变化，因此留在原处</translation>
    </message>
    <message>
        <source>its original could not be removed ({reason})</source>
        <translation>无法移除其原文件（{reason}）</translation>
    </message>
    <message>
        <source>its original has changed since, and this may be the last copy of what it was</source>
        <translation>其原图已被更改，这可能是原内容的最后一份副本</translation>
    </message>
    <message>
        <source>its original is no longer there; it stays, for it may be the last copy</source>
        <translation>其原件已不在；它会保留，因为可能是最后一份</translation>
    </message>
    <message>
        <source>its original is not there, and this may be the last copy</source>
        <translation>其原图不存在，这可能是最后一份副本</translation>
    </message>
    <message>
        <source>its patches have {patch} pixels and not {expected}</source>
        <translation>其图块为 {patch} 像素，而不是 {expected}</translation>
    </message>
    <message>
        <source>its tables are not those of a project</source>
        <translation>其数据表不是项目的数据表</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>moving it was cut off</source>
        <translation>移动被中断</translation>
    </message>
    <message>
        <source>no object was found in it</source>
        <translation>其中没有找到物体</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>not a file but a device, pipe or socket</source>
        <translation>不是文件，而是设备、管道或套接字</translation>
    </message>
    <message>
        <source>not a file but a folder, device, pipe or socket</source>
        <translation>不是文件，而是文件夹、设备、管道或套接字</translation>
    </message>
    <message>
        <source>not a picture, whatever its name says</source>
        <translation>虽有图片的名称，却不是图片</translation>
    </message>
    <message>
        <source>not in this edition: models that need torch cannot be chosen</source>
        <translation>此版本不含：无法选择需要 torch 的模型</translation>
    </message>
    <message>
        <source>not installed; only some models need it</source>
        <translation>未安装；只有部分模型需要</translation>
    </message>
    <message>
        <source>nothing that was to stay of its group is there as it was</source>
        <translation>其组中应保留的文件已不是原来的样子</translation>
    </message>
    <message>
        <source>older states that the drive keeps</source>
        <translation>驱动器保留的旧版本</translation>
    </message>
    <message>
        <source>on top of its stack</source>
        <translation>置于其堆叠顶部</translation>
    </message>
    <message numerus="yes">
        <source>one of %n picture(s) in a stack</source>
        <translation>
            <numerusform>一叠 %n 张图片之一</numerusform>
        </translation>
    </message>
    <message>
        <source>one of its images has no path and cluster</source>
        <translation>其中有图片缺少 path 和 cluster</translation>
    </message>
    <message>
        <source>onnxruntime cannot use {device} here.</source>
        <translation>onnxruntime 在这里无法使用 {device}。</translation>
    </message>
    <message>
        <source>orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>待定</translation>
    </message>
    <message>
        <source>picked</source>
        <translation>已选用</translation>
    </message>
    <message>
        <source>previews that a program made</source>
        <translation>某个程序生成的预览</translation>
    </message>
    <message>
        <source>purple</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>reading it does not come to an end</source>
        <translation>读取没有尽头</translation>
    </message>
    <message>
        <source>red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>run from its source</source>
        <translation>从源代码运行</translation>
    </message>
    <message>
        <source>scikit-learn&apos;s tree of {count} pictures does not fit in memory.</source>
        <translation>scikit-learn 对 {count} 张图片的树超出内存。</translation>
    </message>
    <message>
        <source>something else stands in its place</source>
        <translation>它的位置上有别的文件</translation>
    </message>
    <message>
        <source>takes pictures of shape {shape}</source>
        <translation>接受形状为 {shape} 的图片</translation>
    </message>
    <message>
        <source>takes {count} inputs</source>
        <translation>有 {count} 个输入</translation>
    </message>
    <message>
        <source>takes {type} of shape {shape}</source>
        <translation>接受形状为 {shape} 的 {type}</translation>
    </message>
    <message>
        <source>the RAW file cannot be read: {reason}</source>
        <translation>无法读取 RAW 文件：{reason}</translation>
    </message>
    <message>
        <source>the colours come out wrong</source>
        <translation>读出的颜色不正确</translation>
    </message>
    <message>
        <source>the file cannot be read: {reason}</source>
        <translation>无法读取文件：{reason}</translation>
    </message>
    <message>
        <source>the file changed while it was being read</source>
        <translation>读取过程中文件发生了变化</translation>
    </message>
    <message>
        <source>the file does not fit into the memory</source>
        <translation>文件超出内存</translation>
    </message>
    <message>
        <source>the file is damaged ({format}: an entry is missing)</source>
        <translation>文件已损坏（{format}：缺少一项）</translation>
    </message>
    <message>
        <source>the file is damaged ({format}: it ends early)</source>
        <translation>文件已损坏（{format}：提前结束）</translation>
    </message>
    <message>
        <source>the file is damaged ({format}: {detail})</source>
        <translation>文件已损坏（{format}：{detail}）</translation>
    </message>
    <message>
        <source>the file is damaged: nothing of the picture is left</source>
        <translation>文件已损坏：图片内容全部丢失</translation>
    </message>
    <message>
        <source>the file is damaged: only a part of it could be read, and that was sorted</source>
        <translation>文件已损坏：只能读取一部分，已按该部分整理</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <translation>文件为空</translation>
    </message>
    <message>
        <source>the file is gone</source>
        <translation>文件已不存在</translation>
    </message>
    <message>
        <source>the file is too large ({megabytes} MB)</source>
        <translation>文件过大（{megabytes} MB）</translation>
    </message>
    <message>
        <source>the file of vectors has none for it</source>
        <translation>向量文件中没有它的向量</translation>
    </message>
    <message>
        <source>the folder cannot be read: {reason}</source>
        <translation>无法读取文件夹：{reason}</translation>
    </message>
    <message>
        <source>the last matrix cannot be read: {reason}</source>
        <translation>无法读取最后一个矩阵：{reason}</translation>
    </message>
    <message>
        <source>the package {name} is not installed</source>
        <translation>未安装软件包 {name}</translation>
    </message>
    <message>
        <source>the picture does not fit into the memory</source>
        <translation>图片超出内存</translation>
    </message>
    <message>
        <source>the picture is too large ({width} x {height} pixels)</source>
        <translation>图片过大（{width} x {height} 像素）</translation>
    </message>
    <message>
        <source>the system did not say where in the trash it is: bring it back there</source>
        <translation>系统没有说明它在回收站的何处：请在回收站中恢复它</translation>
    </message>
    <message>
        <source>the system said that it is in the trash, but it is not</source>
        <translation>系统称它已在回收站中，但实际上不在</translation>
    </message>
    <message>
        <source>the trash would have deleted it for good, so it was put back</source>
        <translation>回收站会将它永久删除，因此已放回原处</translation>
    </message>
    <message>
        <source>there is no field “{word}”</source>
        <translation>没有字段“{word}”</translation>
    </message>
    <message>
        <source>this bracket is never closed</source>
        <translation>此括号没有闭合</translation>
    </message>
    <message>
        <source>this cannot be read</source>
        <translation>此处无法理解</translation>
    </message>
    <message>
        <source>torch cannot use {device} here.</source>
        <translation>torch 在此无法使用 {device}。</translation>
    </message>
    <message>
        <source>unpacked, the picture would take {megabytes} MB of memory</source>
        <translation>图片解压后会占用 {megabytes} MB 内存</translation>
    </message>
    <message>
        <source>white</source>
        <translation>白色</translation>
    </message>
    <message>
        <source>works</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>works (torch {version} on {devices})</source>
        <translation>正常（torch {version}，运行于 {devices}）</translation>
    </message>
    <message>
        <source>works ({model}, {dimension} numbers per picture)</source>
        <translation>正常（{model}，每张图片 {dimension} 个数）</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>{bytes} bytes cannot hold the picture that they announce ({width} x {height} pixels)</source>
        <translation>{bytes} 字节不可能容纳其声明的图片（{width} x {height} 像素）</translation>
    </message>
    <message>
        <source>{clusters} merged into {cluster}</source>
        <translation>{clusters} 已合并到 {cluster}</translation>
    </message>
    <message>
        <source>{count} cores to use ({machine})</source>
        <translation>可用 {count} 个核心（{machine}）</translation>
    </message>
    <message>
        <source>{count} more may belong to {cluster}. Are these right, {first} to {last}? {left} looks at the most</source>
        <translation>另有 {count} 张可能属于 {cluster}。这些（{first} 到 {last}）对吗？最多再看 {left} 次</translation>
    </message>
    <message>
        <source>{count} of its weights are missing, such as {example}</source>
        <translation>缺少其中 {count} 个权重，例如 {example}</translation>
    </message>
    <message>
        <source>{count} of the files cannot be used; {path}: {reason}.</source>
        <translation>有 {count} 个文件无法使用；{path}：{reason}。</translation>
    </message>
    <message>
        <source>{count} pictures are too few to learn from.</source>
        <translation>{count} 张图片太少，无法学习。</translation>
    </message>
    <message>
        <source>{count} runs are kept, which is as many as there may be.</source>
        <translation>已保存 {count} 个结果，达到上限。</translation>
    </message>
    <message>
        <source>{count} to {cluster}</source>
        <translation>{count} 已移到 {cluster}</translation>
    </message>
    <message>
        <source>{count} to {cluster}, which is new</source>
        <translation>{count} 已移到新建的 {cluster}</translation>
    </message>
    <message>
        <source>{count} to {cluster}, {rest} stay where they are; these are the last of them</source>
        <translation>{count} 张归入 {cluster}，{rest} 张留在原处；这些是其中最后几张</translation>
    </message>
    <message>
        <source>{field} goes with =, != or ~ and a text</source>
        <translation>{field} 与 =、!= 或 ~ 及文本搭配使用</translation>
    </message>
    <message>
        <source>{field} is compared with a number</source>
        <translation>{field} 与数字比较</translation>
    </message>
    <message>
        <source>{file} is not there</source>
        <translation>{file} 不存在</translation>
    </message>
    <message>
        <source>{file} names no folder of pictures.</source>
        <translation>{file} 没有指明图片文件夹。</translation>
    </message>
    <message>
        <source>{folder} cannot be written: {reason}</source>
        <translation>无法写入 {folder}：{reason}</translation>
    </message>
    <message>
        <source>{folder} holds no export that can be undone.</source>
        <translation>{folder} 中没有可撤销的导出。</translation>
    </message>
    <message>
        <source>{folder} holds something else already ({example}).</source>
        <translation>{folder} 中已有其他内容（{example}）。</translation>
    </message>
    <message>
        <source>{folder} is a file.</source>
        <translation>{folder} 是一个文件。</translation>
    </message>
    <message>
        <source>{folder} is no longer a folder.</source>
        <translation>{folder} 不再是文件夹。</translation>
    </message>
    <message>
        <source>{folder}, {free} free</source>
        <translation>{folder}，可用 {free}</translation>
    </message>
    <message>
        <source>{format} pictures cannot be read: {reason}.</source>
        <translation>无法读取 {format} 图片：{reason}。</translation>
    </message>
    <message>
        <source>{found} So this processor computes the network in 32 bits.</source>
        <translation>{found} 因此该处理器以 32 位计算此网络。</translation>
    </message>
    <message>
        <source>{found} of the {rows} rows of {table} belong to pictures of this folder.</source>
        <translation>{table} 的 {rows} 行中有 {found} 行属于此文件夹的图片。</translation>
    </message>
    <message>
        <source>{key} is no number</source>
        <translation>{key} 不是数字</translation>
    </message>
    <message>
        <source>{label} cannot be used ({why}), so {name} stands in.</source>
        <translation>无法使用 {label}（{why}），由 {name} 代替。</translation>
    </message>
    <message>
        <source>{label} finds no objects.</source>
        <translation>{label} 不能检测物体。</translation>
    </message>
    <message>
        <source>{label} is in the full edition of Shoal: this one comes without {missing}.</source>
        <translation>{label} 在 Shoal 完整版中：此版本不含 {missing}。</translation>
    </message>
    <message>
        <source>{label} is the colour of a picture&apos;s label; the sub-folder it came from is {folder}.</source>
        <translation>{label} 是图片标签的颜色；它来自的子文件夹是 {folder}。</translation>
    </message>
    <message>
        <source>{looked_for} Choose the table of these pictures, or the folder of this table.</source>
        <translation>{looked_for}请选择这些图片的表格，或该表格的文件夹。</translation>
    </message>
    <message>
        <source>{machine} does not see {folder}.</source>
        <translation>{machine} 看不到 {folder}。</translation>
    </message>
    <message>
        <source>{machine} has another {model} than this computer.</source>
        <translation>{machine} 上的 {model} 与本机不同。</translation>
    </message>
    <message>
        <source>{model} has no 8-bit form.</source>
        <translation>{model} 没有 8 位形式。</translation>
    </message>
    <message>
        <source>{model} has no layer {layer}.</source>
        <translation>{model} 没有名为 {layer} 的层。</translation>
    </message>
    <message>
        <source>{model} sees pictures but knows no words.</source>
        <translation>{model} 能识别图片，但不认识词语。</translation>
    </message>
    <message>
        <source>{model} sees pictures but reads no words.</source>
        <translation>{model} 只能看图，不能读文字。</translation>
    </message>
    <message>
        <source>{model} sees pictures of {size} pixels only.</source>
        <translation>{model} 只接受 {size} 像素的图片。</translation>
    </message>
    <message>
        <source>{model} sees pictures whose side is a multiple of {side} pixels.</source>
        <translation>{model} 只接受边长为 {side} 像素倍数的图片。</translation>
    </message>
    <message>
        <source>{name} belongs to it, and that name is taken in its old place</source>
        <translation>{name} 属于它，而该名称在原位置已被占用</translation>
    </message>
    <message>
        <source>{name} clusters in its own way, and not what a recipe prepares.</source>
        <translation>{name} 以自己的方式聚类，不使用配方准备的数据。</translation>
    </message>
    <message>
        <source>{name} comes with its own weights.</source>
        <translation>{name} 自带权重。</translation>
    </message>
    <message>
        <source>{name} has no parameter {parameter}.</source>
        <translation>{name} 没有参数 {parameter}。</translation>
    </message>
    <message>
        <source>{name} holds no picture that could be an example.</source>
        <translation>{name} 中没有可作为示例的图片。</translation>
    </message>
    <message>
        <source>{name} is missing</source>
        <translation>缺少 {name}</translation>
    </message>
    <message>
        <source>{name} is {value}, not {wanted}.</source>
        <translation>{name} 是 {value}，不是 {wanted}。</translation>
    </message>
    <message>
        <source>{name} of the plugin {plugin} made a mistake: {reason}.</source>
        <translation>插件 {plugin} 的 {name} 出错：{reason}。</translation>
    </message>
    <message>
        <source>{network} finds no objects.</source>
        <translation>{network} 不能检测物体。</translation>
    </message>
    <message>
        <source>{network} has no 8-bit form: its ONNX export is not exact enough.</source>
        <translation>{network} 没有 8 位形式：其 ONNX 导出不够精确。</translation>
    </message>
    <message>
        <source>{network} is not a network that onnxruntime can load: {reason}.</source>
        <translation>onnxruntime 无法加载网络 {network}：{reason}。</translation>
    </message>
    <message>
        <source>{network} runs through torch, which is slower on a processor: its ONNX export is not exact enough.</source>
        <translation>{network} 通过 torch 运行，在处理器上较慢：其 ONNX 导出不够精确。</translation>
    </message>
    <message>
        <source>{number} without a known ending</source>
        <translation>{number} 个没有已知的扩展名</translation>
    </message>
    <message>
        <source>{offer} of the plugin {name} cannot be used: {reason}.</source>
        <translation>无法使用插件 {name} 的 {offer}：{reason}。</translation>
    </message>
    <message>
        <source>{part} is no parameter with a number, such as n_init=10.</source>
        <translation>{part} 不是带数值的参数，例如 n_init=10。</translation>
    </message>
    <message>
        <source>{path} can only be looked at: it is open in another window, or may not be written.</source>
        <translation>{path} 只能查看：它已在另一个窗口中打开，或不可写入。</translation>
    </message>
    <message>
        <source>{path} cannot be compared with: {reason}.</source>
        <translation>无法与 {path} 比较：{reason}。</translation>
    </message>
    <message>
        <source>{path} cannot be loaded: {why}.</source>
        <translation>无法加载 {path}：{why}。</translation>
    </message>
    <message>
        <source>{path} cannot be opened: {why}.</source>
        <translation>无法打开 {path}：{why}。</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason})</source>
        <translation>无法读取 {path}（{reason}）</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}).</source>
        <translation>无法读取 {path}（{reason}）。</translation>
    </message>
    <message>
        <source>{path} cannot be written.</source>
        <translation>无法写入 {path}。</translation>
    </message>
    <message>
        <source>{path} does not describe a network&apos;s input: {reason}.</source>
        <translation>{path} 没有描述网络的输入：{reason}。</translation>
    </message>
    <message>
        <source>{path} does not end in {endings}.</source>
        <translation>{path} 不以 {endings} 结尾。</translation>
    </message>
    <message>
        <source>{path} does not hold what was written to it</source>
        <translation>{path} 的内容与写入的不一致</translation>
    </message>
    <message>
        <source>{path} has no room for neighbours.</source>
        <translation>{path} 没有存放近邻的位置。</translation>
    </message>
    <message>
        <source>{path} holds more than numbers: loading it could run a program hidden in it.</source>
        <translation>{path} 不只包含数字：加载它可能会运行其中隐藏的程序。</translation>
    </message>
    <message>
        <source>{path} holds no vectors of pictures: {reason}.</source>
        <translation>{path} 中没有图片的向量：{reason}。</translation>
    </message>
    <message>
        <source>{path} holds no weights that torch can read.</source>
        <translation>{path} 中没有 torch 能读取的权重。</translation>
    </message>
    <message>
        <source>{path} holds weights of a network that is not known here.</source>
        <translation>{path} 中的权重属于此处未知的网络。</translation>
    </message>
    <message>
        <source>{path} is a TorchScript program, not weights.</source>
        <translation>{path} 是 TorchScript 程序，不是权重。</translation>
    </message>
    <message>
        <source>{path} is no metric of Shoal.</source>
        <translation>{path} 不是 Shoal 的度量文件。</translation>
    </message>
    <message>
        <source>{path} is no recipe: {reason}.</source>
        <translation>{path} 不是配方：{reason}。</translation>
    </message>
    <message>
        <source>{path} is no scheme of Shoal.</source>
        <translation>{path} 不是 Shoal 的方案。</translation>
    </message>
    <message>
        <source>{path} is none of the files that Ultralytics published, and such a file can hold a program.</source>
        <translation>{path} 不是 Ultralytics 发布的文件，而这类文件可能藏有程序。</translation>
    </message>
    <message>
        <source>{path} is not text in UTF-8.</source>
        <translation>{path} 不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>{path} is not the file that was published: its SHA-256 is {found}..., not {expected}...</source>
        <translation>{path} 不是发布的文件：其 SHA-256 为 {found}...，而不是 {expected}...</translation>
    </message>
    <message>
        <source>{path} is not what was published: its SHA-256 is {found}..., not {sha256}...</source>
        <translation>{path} 与发布的文件不同：其 SHA-256 为 {found}…，而不是 {sha256}…</translation>
    </message>
    <message>
        <source>{path} is open in another window.</source>
        <translation>{path} 已在另一个窗口中打开。</translation>
    </message>
    <message>
        <source>{path} is there already, and nothing is ever overwritten.</source>
        <translation>{path} 已存在，而已有的文件绝不会被覆盖。</translation>
    </message>
    <message>
        <source>{path} is too large for a list of words.</source>
        <translation>{path} 太大，不像是词表。</translation>
    </message>
    <message>
        <source>{path} was made by a newer version of Shoal.</source>
        <translation>{path} 由较新版本的 Shoal 创建。</translation>
    </message>
    <message>
        <source>{path} was made by the original YOLOv5 repository: it needs that repository&apos;s own program to be loaded, which Shoal does not run.</source>
        <translation>{path} 由原始 YOLOv5 仓库生成：加载它需要该仓库自己的程序，而 Shoal 不运行它。</translation>
    </message>
    <message>
        <source>{place} holds examples of {count} classes, and at least two are needed.</source>
        <translation>{place} 中有 {count} 个类别的示例，而至少需要两个。</translation>
    </message>
    <message>
        <source>{place} says {value}, {other_place} says {other_value}</source>
        <translation>{place} 为 {value}，{other_place} 为 {other_value}</translation>
    </message>
    <message>
        <source>{root} cannot be looked into ({reason}).</source>
        <translation>无法查看 {root} 的内容（{reason}）。</translation>
    </message>
    <message>
        <source>{root} cannot be read ({reason}).</source>
        <translation>无法读取 {root}（{reason}）。</translation>
    </message>
    <message>
        <source>{root} holds none of its pictures now.</source>
        <translation>{root} 中现在没有任何图片。</translation>
    </message>
    <message>
        <source>{root} is a file.</source>
        <translation>{root} 是一个文件。</translation>
    </message>
    <message>
        <source>{sure} into bins, {unsure} unsure and unsorted</source>
        <translation>{sure} 已归入分类，{unsure} 不确定，留在未归类</translation>
    </message>
    <message>
        <source>{sure} of {all} pictures got a class</source>
        <translation>{all} 张图片中有 {sure} 张得到了类别</translation>
    </message>
    <message>
        <source>{table} cannot be read ({reason}).</source>
        <translation>无法读取 {table}（{reason}）。</translation>
    </message>
    <message>
        <source>{target} cannot be written ({reason}).</source>
        <translation>无法写入 {target}（{reason}）。</translation>
    </message>
    <message>
        <source>{text} and {more} more</source>
        <translation>{text} 以及另外 {more} 个</translation>
    </message>
    <message>
        <source>{text} is neither auto, a whole number above 0, nor a range such as 2-12.</source>
        <translation>{text} 既不是 auto，也不是大于 0 的整数，也不是 2-12 这样的范围。</translation>
    </message>
    <message>
        <source>{text} is no range of numbers of clusters, from 2 on.</source>
        <translation>{text} 不是从 2 起的聚类数范围。</translation>
    </message>
    <message>
        <source>{trouble} What is seen in pictures is not kept: they are looked at again the next time.</source>
        <translation>{trouble} 图片的查看结果不会保存：下次会重新查看。</translation>
    </message>
    <message>
        <source>{url} answers {code} ({reason}).</source>
        <translation>{url} 返回 {code}（{reason}）。</translation>
    </message>
    <message>
        <source>{url} cannot be reached ({reason}).</source>
        <translation>无法连接 {url}（{reason}）。</translation>
    </message>
    <message>
        <source>{url} cannot be read ({reason}).</source>
        <translation>无法读取 {url}（{reason}）。</translation>
    </message>
    <message>
        <source>{url} cannot be used ({reason}).</source>
        <translation>无法使用 {url}（{reason}）。</translation>
    </message>
    <message>
        <source>{url} lies on another computer. Connect to it as a folder of this computer, then open that.</source>
        <translation>{url} 位于另一台计算机上。请先将其连接为本机的文件夹，然后打开。</translation>
    </message>
    <message>
        <source>{weights} does not fit {network}: {why}.</source>
        <translation>{weights} 与 {network} 不匹配：{why}。</translation>
    </message>
    <message>
        <source>{what} is for workers of Ray.</source>
        <translation>{what} 只用于 Ray 的工作进程。</translation>
    </message>
    <message>
        <source>{what} is missing</source>
        <translation>缺少 {what}</translation>
    </message>
    <message>
        <source>{what}, left alone; File &gt; Add folder looks into it all the same</source>
        <translation>{what}，未处理；仍可用“文件 &gt; 添加文件夹”查看</translation>
    </message>
    <message>
        <source>“{text}” is not among the words that this model knows.</source>
        <translation>此模型不认识“{text}”这个词。</translation>
    </message>
    <message>
        <source>“{word}” is no word of it</source>
        <translation>“{word}”不是可用的词</translation>
    </message>
    <message>
        <source>“{word}” is one too many</source>
        <translation>“{word}”多余</translation>
    </message>
</context>
</TS>
